namespace DataResilience.MySql;

/// <summary>The two families of servers that speak this protocol.</summary>
internal enum ServerFlavour
{
    /// <summary>MySQL, and what is built from it.</summary>
    MySql,

    /// <summary>MariaDB.</summary>
    MariaDb,
}
