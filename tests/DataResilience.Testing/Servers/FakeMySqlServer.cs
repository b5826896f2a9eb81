using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DataResilience.Testing.Servers;

/// <summary>
/// Something on the loopback that answers where a MySQL server is expected, and does what no real one does. Every connection runs
/// the script on its own.
/// </summary>
public sealed class FakeMySqlServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> connections = [];
    private readonly Task accepting;

    /// <summary>Starts it.</summary>
    /// <param name="script">What it does with a connection; when it ends, the connection is closed.</param>
    public FakeMySqlServer(Func<FakeMySqlConnection, Task> script)
    {
        Certificate = MakeCertificate();
        listener.Start();
        accepting = AcceptAsync(script);
    }

    /// <summary>The certificate it has, which it has signed itself.</summary>
    public X509Certificate2 Certificate { get; }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>A database there.</summary>
    /// <param name="parameters">Connection parameters.</param>
    public DatabaseEndpoint Endpoint(string parameters) =>
        DatabaseEndpoint.Parse($"mysql://somebody@127.0.0.1:{Port}/shop?{parameters}");

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(connections).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Certificate.Dispose();
        stop.Dispose();
        listener.Dispose();
    }

    private async Task AcceptAsync(Func<FakeMySqlConnection, Task> script)
    {
        while (true)
        {
            connections.Add(ServeAsync(await listener.AcceptTcpClientAsync(stop.Token), script));
        }
    }

    private async Task ServeAsync(TcpClient client, Func<FakeMySqlConnection, Task> script)
    {
        using (client)
        {
            await using var connection = new FakeMySqlConnection(client.GetStream(), Certificate, stop.Token);
            await script(connection);
        }
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=fake", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(30), DateTimeOffset.UnixEpoch.AddYears(200));
    }
}
