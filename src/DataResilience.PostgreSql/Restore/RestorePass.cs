namespace DataResilience.PostgreSql;

/// <summary>
/// When an object is created. Privileges wait until all else is there, since they may take from an owner what the restore needs;
/// materialized views are filled as their owners, who may need privileges for it; what acts on its own comes last.
/// </summary>
internal enum RestorePass
{
    /// <summary>All the rest.</summary>
    Ordinary,

    /// <summary>Privileges.</summary>
    Privileges,

    /// <summary>The rows of materialized views.</summary>
    Refreshes,

    /// <summary>Event triggers, publications and subscriptions.</summary>
    Last,
}
