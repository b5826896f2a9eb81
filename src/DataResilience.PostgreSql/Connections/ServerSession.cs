using System.Data;
using Npgsql;

namespace DataResilience.PostgreSql;

/// <summary>
/// One connection to a server. Every failure leaves it as an entry of the error catalogue; a cancelled command is cancelled at the
/// server too, so that nothing goes on there after the caller has left.
/// </summary>
internal sealed class ServerSession : IAsyncDisposable
{
    private readonly ServerFailures failures;

    private Task? rest;

    // Why the connection ended: whoever comes later is told the same, and not only that it is closed.
    private Exception? end;

    private ServerSession(NpgsqlConnection connection, ServerAddress address, ServerFailures failures, TimeProvider time)
    {
        Connection = connection;
        Address = address;
        Time = time;
        this.failures = failures;
    }

    /// <summary>The driver's connection, for COPY.</summary>
    internal NpgsqlConnection Connection { get; }

    /// <summary>Where it is; of several hosts, the one it is on.</summary>
    internal ServerAddress Address { get; private set; }

    /// <summary>The server's version by number, for example 15.18.</summary>
    internal Version Version { get; private set; } = new();

    internal TimeProvider Time { get; }

    /// <summary>The number of the server's process, also after the connection was lost.</summary>
    internal int ProcessId { get; private set; }

    /// <summary>Whether it may be used no more: something was left in its middle.</summary>
    internal bool IsDiscarded => rest is not null;

    /// <summary>Opens a connection with the settings that rows and definitions depend on.</summary>
    /// <param name="address">The server and the database.</param>
    /// <param name="failures">How failures are told.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="time">Limits the waiting for what was cancelled; null for the system's clock.</param>
    internal static async Task<ServerSession> OpenAsync(
        ServerAddress address, ServerFailures failures, CancellationToken cancellationToken, TimeProvider? time = null)
    {
        TimeProvider clock = time ?? TimeProvider.System;
        try
        {
            return await ConnectAsync(address, failures, clock, cancellationToken);
        }
        catch (DataResilienceException failure) when (failure.ErrorCode == Errors.TlsRequired.Code && address.MayGoUnencrypted)
        {
            // The driver tried it encrypted first and kept for itself why that failed, which is what the user has to know.
            return await ConnectAsync(address.Encrypted(), failures, clock, cancellationToken);
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

    /// <summary>Begins a COPY to here in text form.</summary>
    internal async Task<CopyStream> CopyOutAsync(string sql, CancellationToken cancellationToken)
    {
        NpgsqlCopyTextReader reader = null!;
        await GuardAsync(async () => reader = await Connection.BeginTextExportAsync(sql, cancellationToken), cancellationToken);
        // The reader would decode what it reads: only the stream below it is used, and ended.
        return new CopyStream((NpgsqlRawCopyStream)reader.BaseStream, this);
    }

    /// <summary>Begins a COPY to here in binary form.</summary>
    internal async Task<CopyStream> CopyOutBinaryAsync(string sql, CancellationToken cancellationToken)
    {
        NpgsqlRawCopyStream stream = null!;
        await GuardAsync(async () => stream = await Connection.BeginRawBinaryCopyAsync(sql, cancellationToken), cancellationToken);
        return new CopyStream(stream, this);
    }

    /// <summary>The entry of the error catalogue for what the driver threw; null where it is to be left as it is.</summary>
    internal Exception? Translate(Exception failure, CancellationToken cancellationToken)
    {
        bool isClosed = Connection.State != ConnectionState.Open;
        if (isClosed && failure is InvalidOperationException)
        {
            return end ?? Errors.ConnectionLost.CreateFrom(failure, Address, "it is closed");
        }

        Exception? translated = failures.Translate(failure, Address, cancellationToken);
        if (isClosed && translated is DataResilienceException)
        {
            end ??= translated;
        }

        return translated;
    }

    /// <summary>Gives the session up.</summary>
    /// <param name="last">What has to end before the connection can be closed; null for nothing.</param>
    internal void Discard(Task? last = null) => rest ??= last ?? Task.CompletedTask;

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

    public async ValueTask DisposeAsync()
    {
        if (rest?.IsCompleted == false)
        {
            // A server that answers nothing is not waited for: what is left of the connection goes when the network gives it up.
            _ = rest.ContinueWith(
                last =>
                {
                    _ = last.Exception;
                    Connection.Dispose();
                },
                CancellationToken.None,
                TaskContinuationOptions.None,
                TaskScheduler.Default);
        }
        else
        {
            await Connection.DisposeAsync();
        }
    }

    private static async Task<ServerSession> ConnectAsync(
        ServerAddress address, ServerFailures failures, TimeProvider time, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(address.ToConnectionString());
        var session = new ServerSession(connection, address, failures, time);
        try
        {
            await session.ConnectAsync(cancellationToken);
            session.Version = connection.PostgreSqlVersion;
            session.ProcessId = connection.ProcessID;
            session.Address = address.On(connection.Host ?? "", connection.Port);
            await SessionChecks.RequireAsync(session, cancellationToken);
            string settings = SessionSettings.StatementFor(session.Version, connection.PostgresParameters["server_encoding"]);
            await session.ExecuteAsync(settings, cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        // The driver looks at the token before it connects, and after the server has answered: one that says nothing would hold whoever wants to leave.
        Task opening = Connection.OpenAsync(cancellationToken);
        try
        {
            await opening.WaitAsync(cancellationToken);
        }
        catch (Exception failure)
        {
            if (!opening.IsCompleted)
            {
                Discard(opening);
            }

            Exception? translated = failures.TranslateOpening(failure, Address, cancellationToken);
            if (translated is null)
            {
                throw;
            }

            throw translated;
        }
    }

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
