namespace DataResilience;

/// <summary>The database engines that can be backed up and restored.</summary>
public enum DatabaseEngine
{
    /// <summary>SQLite, a database in one file.</summary>
    Sqlite,

    /// <summary>PostgreSQL.</summary>
    PostgreSql,

    /// <summary>MySQL.</summary>
    MySql,

    /// <summary>MariaDB.</summary>
    MariaDb,
}
