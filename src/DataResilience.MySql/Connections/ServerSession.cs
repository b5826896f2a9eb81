using System.Data;
using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>
/// One connection to a server. Every failure leaves it as an entry of the error catalogue; a cancelled statement is killed at the
/// server too, so that nothing goes on there after the caller has left.
/// </summary>
internal sealed class ServerSession : IAsyncDisposable
{
    private readonly ServerFailures failures;

    // Why the connection ended: whoever comes later is told the same, and not only that it is closed.
    private Exception? end;

    private ServerSession(MySqlConnection connection, ServerAddress address, ServerFailures failures)
    {
        Connection = connection;
        Address = address;
        this.failures = failures;
    }

    /// <summary>The driver's connection, for reading and loading rows.</summary>
    internal MySqlConnection Connection { get; }

    internal ServerAddress Address { get; }

    internal ServerVersion Version { get; private set; } = ServerVersion.Parse("");

    /// <summary>The number of the session at the server, also after the connection was lost.</summary>
    internal int ProcessId { get; private set; }

    /// <summary>Opens a connection with the settings that rows and definitions depend on.</summary>
    /// <param name="address">The server and the database.</param>
    /// <param name="failures">How failures are told.</param>
    /// <param name="purpose">What it is for.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static async Task<ServerSession> OpenAsync(
        ServerAddress address, ServerFailures failures, SessionPurpose purpose, CancellationToken cancellationToken)
    {
        var session = new ServerSession(new MySqlConnection(address.ToConnectionString(purpose)), address, failures);
        try
        {
            await session.ConnectAsync(purpose, cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    internal Task ExecuteAsync(string sql, CancellationToken cancellationToken) => GuardAsync(
        async () =>
        {
            await using MySqlCommand command = Command(sql, []);
            await command.ExecuteNonQueryAsync(cancellationToken);
        },
        cancellationToken);

    /// <summary>Asks for one value as text; null where there is no row, or the value is null.</summary>
    internal async Task<string?> ScalarAsync(string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        IReadOnlyList<string?> rows = await QueryAsync(
            sql, row => row.IsDBNull(0) ? null : Convert.ToString(row.GetValue(0), System.Globalization.CultureInfo.InvariantCulture), cancellationToken, parameters);
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>Asks for rows, which must fit into memory: for catalogs, never for tables.</summary>
    /// <param name="sql">The query; its parameters are ?.</param>
    /// <param name="read">Reads one row.</param>
    /// <param name="cancellationToken">Ends it, at the server too.</param>
    /// <param name="parameters">The values of its parameters.</param>
    internal async Task<IReadOnlyList<T>> QueryAsync<T>(
        string sql, Func<MySqlDataReader, T> read, CancellationToken cancellationToken, params object[] parameters)
    {
        var rows = new List<T>();
        await GuardAsync(
            async () =>
            {
                await using MySqlCommand command = Command(sql, parameters);
                await using MySqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken))
                {
                    rows.Add(read(reader));
                }
            },
            cancellationToken);
        return rows;
    }

    /// <summary>The entry of the error catalogue for what the driver threw; null where it is to be left as it is.</summary>
    internal Exception? Translate(Exception failure, CancellationToken cancellationToken)
    {
        bool isClosed = Connection.State != ConnectionState.Open;
        if (isClosed && failure is InvalidOperationException)
        {
            return end ?? Errors.ConnectionLost.CreateFrom(failure, Address, "it is closed");
        }

        Exception? translated = failures.Translate(failure, Address, isOpening: false, cancellationToken);
        if (isClosed && translated is DataResilienceException)
        {
            end ??= translated;
        }

        return translated;
    }

    /// <summary>Runs work on the connection and turns what the driver throws into entries of the error catalogue.</summary>
    internal async Task GuardAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
        }
        catch (Exception failure)
        {
            Exception? translated = Translate(failure, cancellationToken);
            if (translated is null)
            {
                throw;
            }

            throw translated;
        }
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private async Task ConnectAsync(SessionPurpose purpose, CancellationToken cancellationToken)
    {
        try
        {
            await Connection.OpenAsync(cancellationToken);
        }
        catch (Exception failure)
        {
            Exception? translated = failures.Translate(failure, Address, isOpening: true, cancellationToken);
            if (translated is null)
            {
                throw;
            }

            throw translated;
        }

        ProcessId = Connection.ServerThread;
        Version = ServerVersion.Parse(await ScalarAsync("SELECT VERSION()", cancellationToken) ?? "");
        if (!Version.IsSupported)
        {
            throw Errors.ServerUnsupported.Create(Address, Version, ServerVersion.Supported);
        }

        await ExecuteAsync(SessionSettings.StatementFor(Version, purpose), cancellationToken);
    }

    private MySqlCommand Command(string sql, object[] parameters)
    {
        var command = new MySqlCommand(sql, Connection);
        foreach (object value in parameters)
        {
            command.Parameters.Add(new MySqlParameter { Value = value });
        }

        return command;
    }
}
