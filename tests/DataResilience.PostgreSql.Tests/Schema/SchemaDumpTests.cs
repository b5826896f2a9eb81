using System.Diagnostics;
using DataResilience.Providers;
using DataResilience.Testing.Servers;
using Npgsql;

namespace DataResilience.PostgreSql.Tests;

/// <summary>pg_dump as it is run: what it is told, and how it fails.</summary>
[Trait("Category", "Server")]
public sealed class SchemaDumpTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_table_that_another_session_wants_for_itself_is_named()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE public.wanted (id integer)");
        await using NpgsqlConnection holder = await database.OpenConnectionAsync();
        await using NpgsqlTransaction transaction = await holder.BeginTransactionAsync(Token);
        await using var command = new NpgsqlCommand("LOCK TABLE public.wanted IN ACCESS EXCLUSIVE MODE", holder);
        await command.ExecuteNonQueryAsync(Token);

        await using ServerSession session = await SnapshotSchema.OpenAsync(database.Endpoint);
        DataResilienceException failure = await Assert.ThrowsAsync<DataResilienceException>(
            () => SnapshotSchema.ReadAsync(session, SnapshotSchema.Host(database.Server), TimeSpan.FromMilliseconds(50)));

        Assert.Equal(Errors.TableLocked.Code, failure.ErrorCode);
        Assert.Contains("'public.wanted'", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"process {holder.ProcessID}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_right_that_is_missing_is_named()
    {
        PostgreSqlServer server = PostgreSqlServer.Release;
        await using TestDatabase database = await server.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE public.closed (id integer)");
        DatabaseEndpoint endpoint = server.Endpoint(database.Name, "drpassword").WithPassword(Secret(PostgreSqlServer.Password));

        await using ServerSession session = await SnapshotSchema.OpenAsync(endpoint);
        DataResilienceException failure = await Assert.ThrowsAsync<DataResilienceException>(
            () => SnapshotSchema.ReadAsync(session, SnapshotSchema.Host(server), TimeSpan.FromSeconds(30)));

        Assert.Equal(Errors.PermissionDenied.Code, failure.ErrorCode);
        Assert.Contains("closed", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(PostgreSqlServer.Password, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_password_is_no_argument_and_nothing_of_the_caller_leads_elsewhere()
    {
        PostgreSqlServer server = PostgreSqlServer.Release;
        await using TestDatabase database = await server.CreateDatabaseAsync();
        DatabaseEndpoint endpoint = server.Endpoint(database.Name, "drpassword").WithPassword(Secret(PostgreSqlServer.Password));
        var starts = new List<ProcessStartInfo>();
        ClientHost host = SnapshotSchema.Host(server);
        ClientHost recording = host with
        {
            Start = start =>
            {
                starts.Add(start);
                return host.Start(start);
            },
        };

        await using ServerSession session = await SnapshotSchema.OpenAsync(endpoint);
        DatabaseSchema schema = await SnapshotSchema.ReadAsync(session, recording, TimeSpan.FromSeconds(30));

        Assert.Equal("drpassword", Assert.Single(starts, start => start.ArgumentList.Count > 1).Environment["PGUSER"]);
        Assert.All(starts, start => Assert.DoesNotContain(start.ArgumentList, argument => argument.Contains(PostgreSqlServer.Password, StringComparison.Ordinal)));
        Assert.All(starts.Where(start => start.ArgumentList.Count > 1), start => Assert.DoesNotContain("PGSERVICE", start.Environment.Keys));
        Assert.Empty(schema.Tables);
    }

    [Theory]
    [InlineData("host=elsewhere dbname=other")]
    [InlineData("postgresql://elsewhere/other")]
    [InlineData("a 'b' \"c\" ü€ % / \\ .")]
    public async Task A_name_that_looks_like_a_connection_is_a_name(string name)
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync(name);
        await database.ExecuteAsync("CREATE TABLE public.here (id integer)");

        DatabaseSchema schema = await SnapshotSchema.ReadAsync(database);

        Assert.Single(schema.Objects, item => item is { Kind: "table", Name: "here" });
    }

    [Fact]
    public async Task A_client_older_than_the_server_is_refused()
    {
        await using TestDatabase database = await PostgreSqlServer.Newer.CreateDatabaseAsync();
        ClientHost host = ClientHost.Local with
        {
            Variable = name => name == ClientToolFinder.DirectoriesVariable ? PostgreSqlServer.Release.Binaries : null,
        };

        await using ServerSession session = await SnapshotSchema.OpenAsync(database.Endpoint);
        DataResilienceException failure = await Assert.ThrowsAsync<DataResilienceException>(
            () => SnapshotSchema.ReadAsync(session, host, TimeSpan.FromSeconds(30)));

        Assert.Equal(Errors.ClientToolMissing.Code, failure.ErrorCode);
        Assert.Contains("postgresql-client-18", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_client_reads_an_older_server()
    {
        await using TestDatabase database = await EveryObject.CreateAsync(PostgreSqlServer.Release);
        DatabaseSchema same = await SnapshotSchema.ReadAsync(database);

        await using ServerSession session = await SnapshotSchema.OpenAsync(database.Endpoint);
        DatabaseSchema newer = await SnapshotSchema.ReadAsync(session, SnapshotSchema.Host(PostgreSqlServer.Newer), TimeSpan.FromSeconds(30));

        Assert.Equal(
            same.Objects.Select(item => (item.Kind, item.Schema, item.Name, item.Table)).ToHashSet(),
            newer.Objects.Select(item => (item.Kind, item.Schema, item.Name, item.Table)).ToHashSet());
    }

    [Fact]
    public async Task Cancelled_the_program_is_killed_and_its_end_awaited()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE public.wanted (id integer)");
        await using NpgsqlConnection holder = await database.OpenConnectionAsync();
        await using NpgsqlTransaction transaction = await holder.BeginTransactionAsync(Token);
        await using var command = new NpgsqlCommand("LOCK TABLE public.wanted IN ACCESS EXCLUSIVE MODE", holder);
        await command.ExecuteNonQueryAsync(Token);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        int id = 0;
        ClientHost host = SnapshotSchema.Host(database.Server);
        ClientHost cancelling = host with
        {
            Start = start =>
            {
                Process process = host.Start(start);
                if (start.ArgumentList.Count > 1)
                {
                    id = process.Id;
                    cancellation.Cancel();
                }

                return process;
            },
        };

        await using ServerSession session = await SnapshotSchema.OpenAsync(database.Endpoint);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => SnapshotSchema.ReadAsync(session, cancelling, TimeSpan.FromMinutes(10), token: cancellation.Token));

        Assert.NotEqual(0, id);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(id));
    }

    private static System.Security.SecureString Secret(string text)
    {
        var secret = new System.Security.SecureString();
        foreach (char letter in text)
        {
            secret.AppendChar(letter);
        }

        return secret;
    }
}
