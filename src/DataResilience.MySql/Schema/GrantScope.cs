namespace DataResilience.MySql;

/// <summary>What a line of SHOW GRANTS is about.</summary>
internal enum GrantScope
{
    /// <summary>All databases of the server, or the account as such.</summary>
    Server,

    /// <summary>One database, or those whose names match.</summary>
    Database,

    /// <summary>A table, view, sequence or routine.</summary>
    Object,

    /// <summary>A role that is given to an account.</summary>
    Role,

    /// <summary>A role that an account has without asking.</summary>
    DefaultRole,

    /// <summary>Anything else.</summary>
    Other,
}
