using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DataResilience.Sqlite;

/// <summary>
/// One connection. Statements go through SQLite's own interface: the driver's commands would wait for locks by sleeping, where
/// no cancellation reaches them, and would make strings of text.
/// </summary>
internal sealed class SqliteSession : IDisposable
{
    // Operation codes of sqlite3_db_config (sqlite3.h).
    private const int ConfigEnableTrigger = 1003;
    private const int ConfigNoCheckpointOnClose = 1006;
    private const int ConfigDoubleQuotedTextInStatements = 1013;
    private const int ConfigDoubleQuotedTextInDefinitions = 1014;

    private readonly SqliteConnection connection;
    private readonly SqliteFailures failures;

    private SqliteSession(SqliteConnection connection, SqliteFailures failures)
    {
        this.connection = connection;
        this.failures = failures;
    }

    /// <summary>What stands in for collations and functions that are not known here.</summary>
    internal StandIns StandIns { get; } = new();

    internal sqlite3 Handle => connection.Handle!;

    /// <summary>Whether the file could only be opened for reading.</summary>
    internal bool IsReadOnly => raw.sqlite3_db_readonly(Handle, "main") == 1;

    /// <summary>Opens a connection; the file is not read yet.</summary>
    internal static SqliteSession Open(string dataSource, SqliteOpenMode mode, SqliteFailures failures)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = dataSource, Mode = mode, Pooling = false };
        var opened = new SqliteConnection(text.ToString());
        try
        {
            opened.Open();
        }
        catch (SqliteException failure)
        {
            opened.Dispose();
            throw failures.Create(failure.SqliteExtendedErrorCode, failure.Message);
        }

        var session = new SqliteSession(opened, failures);
        session.PrepareForAnySchema();
        return session;
    }

    /// <summary>Leaves the log of a crashed or closed writer as it is when this connection is the last one to close.</summary>
    internal void KeepLogOnClose() => Configure(ConfigNoCheckpointOnClose, 1);

    internal void DisableTriggers() => Configure(ConfigEnableTrigger, 0);

    internal void Execute(string sql)
    {
        using SqliteStatement statement = Prepare(sql);
        while (statement.Step())
        {
        }
    }

    /// <summary>Runs a statement and hands its code back instead of failing: a lock that is held is for the caller to wait for.</summary>
    internal int TryExecute(string sql)
    {
        int code = PrepareWithStandIns(sql, out sqlite3_stmt handle);
        using (handle)
        {
            while (code is raw.SQLITE_OK or raw.SQLITE_ROW)
            {
                code = raw.sqlite3_step(handle);
            }
        }

        return code == raw.SQLITE_DONE ? raw.SQLITE_OK : code;
    }

    internal SqliteStatement Prepare(string sql)
    {
        int code = PrepareWithStandIns(sql, out sqlite3_stmt handle);
        if (code != raw.SQLITE_OK)
        {
            handle?.Dispose();
            throw Failure(code);
        }

        return new SqliteStatement(this, handle);
    }

    internal long QueryInt64(string sql)
    {
        using SqliteStatement statement = Prepare(sql);
        return statement.Step() ? statement.Int64(0) : 0;
    }

    internal string QueryText(string sql)
    {
        using SqliteStatement statement = Prepare(sql);
        return statement.Step() ? statement.Text(0) : "";
    }

    /// <summary>Ends the statement that runs when the token is cancelled.</summary>
    internal CancellationTokenRegistration InterruptOn(CancellationToken cancellationToken) =>
        cancellationToken.UnsafeRegister(static state => raw.sqlite3_interrupt((sqlite3)state!), Handle);

    /// <summary>Runs work of SQLite on a thread that may block, and ends it when the token is cancelled.</summary>
    internal async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using CancellationTokenRegistration registration = InterruptOn(cancellationToken);
        try
        {
            return await Task.Run(work, cancellationToken);
        }
        catch (SqliteInterruptedException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    internal Task RunAsync(Action work, CancellationToken cancellationToken) =>
        RunAsync<object?>(() => { work(); return null; }, cancellationToken);

    internal void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw Failure(code);
        }
    }

    internal Exception Failure(int code)
    {
        string message = raw.sqlite3_errmsg(Handle).utf8_to_string();
        int extended = raw.sqlite3_extended_errcode(Handle);
        return code == raw.SQLITE_INTERRUPT
            ? new SqliteInterruptedException()
            : failures.Create((extended & 0xff) == (code & 0xff) ? extended : code, message);
    }

    public void Dispose() => connection.Dispose();

    // A definition may name collations and functions that the application registers and that are not known here.
    private int PrepareWithStandIns(string sql, out sqlite3_stmt handle)
    {
        while (true)
        {
            int code = raw.sqlite3_prepare_v2(Handle, sql, out handle);
            if (code == raw.SQLITE_OK || !StandIns.TryAdd(Handle, raw.sqlite3_errmsg(Handle).utf8_to_string()))
            {
                return code;
            }

            handle?.Dispose();
        }
    }

    private void PrepareForAnySchema()
    {
        Execute("PRAGMA foreign_keys = OFF");
        Execute("PRAGMA trusted_schema = OFF");
        Execute("PRAGMA cell_size_check = ON");
        // Databases of older programs hold definitions with text in double quotes.
        Configure(ConfigDoubleQuotedTextInDefinitions, 1);
        Configure(ConfigDoubleQuotedTextInStatements, 1);
    }

    private void Configure(int operation, int value) => Check(raw.sqlite3_db_config(Handle, operation, value, out _));
}
