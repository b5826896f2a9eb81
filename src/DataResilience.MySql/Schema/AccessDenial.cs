using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>Refusals because a right is missing.</summary>
internal static class AccessDenial
{
    // On a whole database, a table, a column, or of another kind.
    internal static bool Is(DataResilienceException refusal) => refusal.InnerException is MySqlException { Number: 1044 or 1142 or 1143 or 1227 };
}
