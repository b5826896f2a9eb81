namespace DataResilience.MySql;

/// <summary>How far a session is encrypted, in the order of how much it proves: the values of <c>ssl-mode</c>.</summary>
internal enum TlsMode
{
    /// <summary>Never.</summary>
    Disabled,

    /// <summary>Where the server offers it; nothing is proved.</summary>
    Preferred,

    /// <summary>Always; with whom is not proved, unless an authority is named.</summary>
    Required,

    /// <summary>Always, with a server whose certificate a trusted authority has signed.</summary>
    VerifyAuthority,

    /// <summary>Always, with the very host that was asked for.</summary>
    VerifyIdentity,
}
