using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DataResilience.MySql;

/// <summary>
/// Looks at the certificate of a server. It is done here and not by the driver, because a driver that has verified a server
/// itself opens any file that the server names in answer to a statement; one that has not sends what it was given and nothing
/// else. And it is done before the password is sent, not after.
/// </summary>
internal sealed class CertificateCheck
{
    private const string ServerPurpose = "1.3.6.1.5.5.7.3.1";

    private readonly TlsSettings settings;
    private readonly string? authorities;

    /// <summary>Reads the certificates of the authorities that are trusted.</summary>
    /// <exception cref="IOException">Their file cannot be read.</exception>
    /// <exception cref="CryptographicException">There is no certificate in it.</exception>
    internal CertificateCheck(TlsSettings settings)
    {
        this.settings = settings;
        if (settings is { IsVerified: true, Authority.Length: > 0 })
        {
            authorities = File.ReadAllText(settings.Authority);
            using var read = new Certificates(authorities);
            if (read.All.Count == 0)
            {
                throw new CryptographicException($"there is no certificate in {settings.Authority}");
            }
        }
    }

    /// <summary>Why a certificate was not accepted; null where all were.</summary>
    internal string? Reason { get; private set; }

    /// <summary>Accepts a certificate or not.</summary>
    internal bool Accepts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (!settings.IsVerified)
        {
            return true;
        }

        Reason = Refusal(certificate as X509Certificate2, chain, errors);
        return Reason is null;
    }

    private string? Refusal(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            return "the server has no certificate";
        }

        if (Distrust(certificate, chain, errors) is { } distrust)
        {
            return $"the server's certificate is of no trusted authority: {distrust}";
        }

        return settings.IsNameVerified && errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            ? $"the server's certificate is for another host name: {certificate.Subject}"
            : null;
    }

    private string? Distrust(X509Certificate2 certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (authorities is null)
        {
            return errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) ? StatusOf(chain) : null;
        }

        using var trusted = new Certificates(authorities);
        using var own = new X509Chain
        {
            ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true },
        };
        own.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerPurpose));
        own.ChainPolicy.CustomTrustStore.AddRange(trusted.All);
        // What the server sent with it is in the other chain.
        foreach (X509Certificate2 sent in chain?.ChainElements.Select(element => element.Certificate) ?? [])
        {
            own.ChainPolicy.ExtraStore.Add(sent);
        }

        return own.Build(certificate) ? null : StatusOf(own);
    }

    private static string StatusOf(X509Chain? chain) =>
        chain?.ChainStatus.Select(status => status.StatusInformation.Trim()).FirstOrDefault(text => text.Length > 0) ?? "it is not trusted";

    private sealed class Certificates : IDisposable
    {
        internal Certificates(string pem) => All.ImportFromPem(pem);

        internal X509Certificate2Collection All { get; } = [];

        public void Dispose()
        {
            foreach (X509Certificate2 certificate in All)
            {
                certificate.Dispose();
            }
        }
    }
}
