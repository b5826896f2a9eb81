using Npgsql;

namespace DataResilience.PostgreSql;

/// <summary>
/// One connection to a server. Every failure leaves it as an entry of the error catalogue; a cancelled command is cancelled at the
/// server too, so that nothing goes on there after the caller has left.
/// </summary>
internal sealed class ServerSession : IAsyncDisposable
{
    private readonly ServerFailures failures;

    private ServerSession(NpgsqlConnection connection, ServerAddress address, ServerFailures failures)
    {
        Connection = connection;
        Address = address;
        this.failures = failures;
    }

    /// <summary>The driver's connection, for COPY.</summary>
    internal NpgsqlConnection Connection { get; }

    internal ServerAddress Address { get; }

    /// <summary>The server's version by number, for example 15.18.</summary>
    internal Version Version => Connection.PostgreSqlVersion;

    /// <summary>Opens a connection with the settings that rows and definitions depend on.</summary>
    /// <param name="address">The server and the database.</param>
    /// <param name="failures">How failures are told.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static async Task<ServerSession> OpenAsync(ServerAddress address, ServerFailures failures, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(address.ToConnectionString());
        var session = new ServerSession(connection, address, failures);
        try
        {
            await session.GuardAsync(() => connection.OpenAsync(cancellationToken), cancellationToken);
            await session.ExecuteAsync(SessionSettings.StatementFor(session.Version), cancellationToken);
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
            await using NpgsqlCommand command = Command(sql, []);
            await command.ExecuteNonQueryAsync(cancellationToken);
        },
        cancellationToken);

    /// <summary>Asks for one value; null where there is no row, or the value is null.</summary>
    internal async Task<T?> ScalarAsync<T>(string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        IReadOnlyList<T?> rows = await QueryAsync(sql, row => row.IsDBNull(0) ? default : row.GetFieldValue<T>(0), cancellationToken, parameters);
        return rows.Count == 0 ? default : rows[0];
    }

    /// <summary>Asks for rows, which must fit into memory: for catalogs, never for tables.</summary>
    /// <param name="sql">The query; its parameters are $1, $2, ….</param>
    /// <param name="read">Reads one row.</param>
    /// <param name="cancellationToken">Ends it, at the server too.</param>
    /// <param name="parameters">The values of its parameters.</param>
    internal async Task<IReadOnlyList<T>> QueryAsync<T>(
        string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params object[] parameters)
    {
        var rows = new List<T>();
        await GuardAsync(
            async () =>
            {
                await using NpgsqlCommand command = Command(sql, parameters);
                await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken))
                {
                    rows.Add(read(reader));
                }
            },
            cancellationToken);
        return rows;
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
            Exception? translated = failures.Translate(failure, Address, cancellationToken);
            if (translated is null)
            {
                throw;
            }

            throw translated;
        }
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private NpgsqlCommand Command(string sql, object[] parameters)
    {
        var command = new NpgsqlCommand(sql, Connection);
        foreach (object value in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
