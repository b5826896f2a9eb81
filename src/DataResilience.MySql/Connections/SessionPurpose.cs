namespace DataResilience.MySql;

/// <summary>What a session is for, which decides its settings and what the server may ask of it.</summary>
internal enum SessionPurpose
{
    /// <summary>Catalogs and rows are read.</summary>
    Read,

    /// <summary>Definitions are made, and rows loaded. Only here may the server ask for what LOAD DATA LOCAL names.</summary>
    Load,
}
