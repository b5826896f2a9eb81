using SQLitePCL;

namespace DataResilience.Sqlite;

/// <summary>
/// Stands in for collations and functions that an application registers on its own connections. A table that names one can be
/// read and made as long as nothing has to be compared or computed with it; where something has to be, that is known.
/// </summary>
internal sealed class StandIns
{
    internal const string FunctionFailure = "is a function of the application and not known here";

    private const string NoCollation = "no such collation sequence: ";
    private const string NoFunction = "no such function: ";
    private const int Innocuous = 0x200000;

    private readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
    private string? usedCollation;

    /// <summary>Registers what an error message misses.</summary>
    /// <returns>Whether the statement is worth another attempt.</returns>
    internal bool TryAdd(sqlite3 handle, string message)
    {
        if (Missing(message, NoCollation) is { } collation)
        {
            return names.Add("collation " + collation)
                && raw.sqlite3_create_collation(handle, collation, this, (_, left, right) => Compare(collation, left, right)) == raw.SQLITE_OK;
        }

        return Missing(message, NoFunction) is { } function
            && names.Add("function " + function)
            && raw.sqlite3_create_function(
                handle, function, -1, raw.SQLITE_UTF8 | raw.SQLITE_DETERMINISTIC | Innocuous, this,
                (context, _, _) => raw.sqlite3_result_error(context, $"'{function}' {FunctionFailure}")) == raw.SQLITE_OK;
    }

    /// <summary>Fails if something was sorted by a collation that is not known: its order would be wrong.</summary>
    internal void RequireUnused(string objectName)
    {
        if (usedCollation is { } collation)
        {
            usedCollation = null;
            throw Errors.FeatureUnsupported.Create(
                objectName, $"it is sorted by the collation '{collation}', which its application brings and which is not known here");
        }
    }

    private int Compare(string collation, string left, string right)
    {
        usedCollation = collation;
        return string.CompareOrdinal(left, right);
    }

    private static string? Missing(string message, string beginning) =>
        message.StartsWith(beginning, StringComparison.Ordinal) ? message[beginning.Length..] : null;
}
