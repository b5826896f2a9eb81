namespace DataResilience.MySql;

/// <summary>How a session is encrypted.</summary>
/// <param name="Mode">How far.</param>
/// <param name="Authority">The file with the certificates of authorities that are trusted; empty for those of the system.</param>
/// <param name="Certificate">The file with the client's certificate; empty for none.</param>
/// <param name="Key">The file with its key.</param>
/// <param name="HasHostName">Whether there is a host whose name the certificate can hold: a socket has none.</param>
internal sealed record TlsSettings(TlsMode Mode, string Authority, string Certificate, string Key, bool HasHostName)
{
    /// <summary>Whether the server's certificate is looked at. An authority that was named is for use.</summary>
    internal bool IsVerified => Mode >= TlsMode.VerifyAuthority || (Mode == TlsMode.Required && Authority.Length > 0);

    /// <summary>Whether the certificate must hold the host's name.</summary>
    internal bool IsNameVerified => Mode == TlsMode.VerifyIdentity && HasHostName;
}
