using System.Net;
using System.Net.Sockets;

namespace DataResilience.PostgreSql.Tests;

public sealed class SilentServerTests
{
    /// <summary>Neither the driver nor the endpoint would ever end the waiting.</summary>
    [Fact]
    public async Task Whoever_waits_for_a_server_that_says_nothing_can_leave()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        int port = ((IPEndPoint)server.LocalEndpoint).Port;
        var endpoint = DatabaseEndpoint.Parse($"postgresql://nobody@127.0.0.1:{port}/shop?connect_timeout=0&sslmode=disable");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);

        Task<ServerSession> opening = ServerSession.OpenAsync(ServerAddress.Of(endpoint), new SourceFailures(), stop.Token);
        using TcpClient client = await server.AcceptTcpClientAsync(token);
        await client.GetStream().ReadExactlyAsync(new byte[8], token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
    }
}
