namespace DataResilience;

/// <summary>How one state of a database is held still for the moment in which many connections begin to read it. PostgreSQL and SQLite need no such thing.</summary>
public enum LockMode
{
    /// <summary>The way that holds writers up least, of those that the user has the rights for.</summary>
    Auto,

    /// <summary>MariaDB: <c>BACKUP STAGE</c>, which blocks commits for a moment and waits for no query.</summary>
    BackupStage,

    /// <summary><c>FLUSH TABLES WITH READ LOCK</c> for a moment: all databases of the server.</summary>
    GlobalReadLock,

    /// <summary><c>LOCK TABLES … READ</c> for a moment: the tables that are backed up, no others.</summary>
    TableLocks,

    /// <summary>No lock: connections begin until the server's own position proves that they see the same state.</summary>
    None,
}
