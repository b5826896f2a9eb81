namespace DataResilience.MySql;

/// <summary>Where a connection parameter may stand.</summary>
internal enum ParameterPlace
{
    /// <summary>In an endpoint and in an option file.</summary>
    Everywhere,

    /// <summary>In an endpoint alone.</summary>
    Endpoint,

    /// <summary>In an option file alone: an endpoint has a place of its own for it, or another word.</summary>
    File,

    /// <summary>It is known, and refused in an endpoint; in an option file it is meant for other programs.</summary>
    NotInEndpoint,

    /// <summary>It is known, and refused wherever it stands: it is not honoured here.</summary>
    Refused,
}
