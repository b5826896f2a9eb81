using System.Data;
using System.Globalization;
using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>
/// One connection to a server. Every failure leaves it as an entry of the error catalogue; a cancelled statement is killed at the
/// server too, so that nothing goes on there after the caller has left.
/// </summary>
internal sealed class ServerSession : IAsyncDisposable
{
    private static readonly TimeSpan LongestCancel = TimeSpan.FromSeconds(5);

    private readonly ServerFailures failures;
    private readonly CertificateCheck check;

    private Task? rest;

    // Why the connection ended: whoever comes later is told the same, and not only that it is closed.
    private Exception? end;

    private ServerSession(MySqlConnection connection, CertificateCheck check, ServerAddress address, ServerFailures failures, TimeProvider time)
    {
        Connection = connection;
        Address = address;
        Time = time;
        this.check = check;
        this.failures = failures;
    }

    /// <summary>The driver's connection, for reading and loading rows.</summary>
    internal MySqlConnection Connection { get; }

    internal ServerAddress Address { get; }

    internal ServerVersion Version { get; private set; } = ServerVersion.Parse("");

    internal TimeProvider Time { get; }

    /// <summary>The number of the session at the server, also after the connection was lost.</summary>
    internal int ProcessId { get; private set; }

    /// <summary>Whether it may be used no more: something was left in its middle.</summary>
    internal bool IsDiscarded => rest is not null;

    /// <summary>Opens a connection with the settings that rows and definitions depend on.</summary>
    /// <param name="address">The server and the database.</param>
    /// <param name="failures">How failures are told.</param>
    /// <param name="purpose">What it is for.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="time">Limits the waiting for what was cancelled; null for the system's clock.</param>
    internal static async Task<ServerSession> OpenAsync(
        ServerAddress address, ServerFailures failures, SessionPurpose purpose, CancellationToken cancellationToken, TimeProvider? time = null)
    {
        CertificateCheck certificates = ReadAuthorities(address, failures, cancellationToken);
        var session = new ServerSession(address.ToConnection(purpose, certificates), certificates, address, failures, time ?? TimeProvider.System);
        try
        {
            await session.ConnectAsync(cancellationToken);
            session.ProcessId = session.Connection.ServerThread;
            session.Version = await SessionChecks.RequireAsync(session, cancellationToken);
            await session.ExecuteAsync(SessionSettings.StatementFor(session.Version, purpose), cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    internal Task ExecuteAsync(string sql, CancellationToken cancellationToken) => GuardAsync(
        async kill =>
        {
            await using MySqlCommand command = Command(sql, []);
            await command.ExecuteNonQueryAsync(kill);
        },
        cancellationToken);

    /// <summary>Asks for one value as text; null where there is no row, or the value is null.</summary>
    internal async Task<string?> ScalarAsync(string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        IReadOnlyList<string?> rows = await QueryAsync(
            sql, row => row.IsDBNull(0) ? null : Convert.ToString(row.GetValue(0), CultureInfo.InvariantCulture), cancellationToken, parameters);
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
            async kill =>
            {
                await using MySqlCommand command = Command(sql, parameters);
                await using MySqlDataReader reader = await command.ExecuteReaderAsync(kill);
                while (await reader.ReadAsync(kill))
                {
                    rows.Add(read(reader));
                }
            },
            cancellationToken);
        return rows;
    }

    /// <summary>Asks for rows that need not fit into memory. One that is left before its end costs the session, see there.</summary>
    /// <param name="sql">The query; its parameters are ?.</param>
    /// <param name="cancellationToken">Ends it, at the server too.</param>
    /// <param name="parameters">The values of its parameters.</param>
    internal async Task<ResultReader> ReadAsync(string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        MySqlCommand command = Command(sql, parameters);
        MySqlDataReader? reader = null;
        try
        {
            await GuardAsync(async kill => reader = await command.ExecuteReaderAsync(kill), cancellationToken);
            return new ResultReader(command, reader!, this);
        }
        catch
        {
            // The result may have come in the moment of the cancellation, and nobody would read it.
            if (reader is not null)
            {
                Discard();
            }

            await command.DisposeAsync();
            throw;
        }
    }

    /// <summary>The entry of the error catalogue for what the driver threw; null where it is to be left as it is.</summary>
    internal Exception? Translate(Exception failure, CancellationToken cancellationToken)
    {
        bool isClosed = Connection.State != ConnectionState.Open;
        if ((isClosed || IsDiscarded) && failure is InvalidOperationException and not MySqlProtocolException)
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

    /// <summary>
    /// Gives the session up: what it does is ended at the server, from another one, and then the connection is closed. Closing it
    /// alone would read all the rest of a result, which may be the rest of a database.
    /// </summary>
    /// <param name="last">What has to end before the connection can be closed; null for nothing.</param>
    internal void Discard(Task? last = null) => rest ??= EndAsync(last);

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

    /// <summary>
    /// Runs work on the connection as the other does, and leaves when it is cancelled: the statement is killed at the server, and
    /// a session whose server does not answer is given up.
    /// </summary>
    /// <param name="work">The work; the driver kills its statement by the token that it is given.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal Task GuardAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken) => GuardAsync(
        async () =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            // The driver kills within the call that cancels its token, and waits for the server there.
            var kill = new CancellationTokenSource();
            Task running = work(kill.Token);
            try
            {
                await running.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (!running.IsCompleted)
            {
                await KillAsync(running, kill);
                throw;
            }
            finally
            {
                if (running.IsCompleted)
                {
                    kill.Dispose();
                }
            }
        },
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (rest is null)
        {
            await Connection.DisposeAsync();
            return;
        }

        // A server that answers nothing is not waited for: what is left of the connection goes when the network gives it up.
        await Task.WhenAny(rest, Task.Delay(LongestCancel, Time, CancellationToken.None));
    }

    private static CertificateCheck ReadAuthorities(ServerAddress address, ServerFailures failures, CancellationToken cancellationToken)
    {
        try
        {
            return new CertificateCheck(address.Tls);
        }
        catch (Exception failure)
        {
            Exception? translated = failures.TranslateOpening(failure, address, check: null, cancellationToken);
            if (translated is null)
            {
                throw;
            }

            throw translated;
        }
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        Task opening = Connection.OpenAsync(cancellationToken);
        try
        {
            // The driver looks at the token until it is connected, and no more until it has logged in.
            await opening.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (!opening.IsCompleted)
        {
            // There is no statement to end yet, and nothing to wait for: the endpoint's timeout ends it.
            rest = Task.CompletedTask;
            _ = CloseAfterAsync(opening);
            throw;
        }
        catch (Exception failure)
        {
            Exception? translated = failures.TranslateOpening(failure, Address, check, cancellationToken);
            if (translated is null)
            {
                throw;
            }

            throw translated;
        }
    }

    /// <summary>Ends a statement at the server; where that cannot be had in time, the session.</summary>
    private async Task KillAsync(Task running, CancellationTokenSource kill)
    {
        Task killing = Task.Run(kill.Cancel);
        Task ending = Task.WhenAll(killing.ContinueWith(_ => { }, TaskScheduler.Default), running.ContinueWith(_ => { }, TaskScheduler.Default));
        if (await Task.WhenAny(ending, Task.Delay(LongestCancel, Time, CancellationToken.None)) != ending)
        {
            Discard(ending);
        }
    }

    private async Task EndAsync(Task? last)
    {
        bool hasEnded = await StatementKiller.TryEndAsync(Address, ProcessId);
        if (last is not null)
        {
            await last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // What is on its way already is read to its end. Where the server could not be told, that would be all; the socket goes
        // with the last reference to it.
        if (hasEnded)
        {
            await Connection.DisposeAsync().AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task CloseAfterAsync(Task opening)
    {
        await opening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Connection.DisposeAsync();
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
