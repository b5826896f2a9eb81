using System.Text;
using SQLitePCL;

namespace DataResilience.Sqlite;

/// <summary>A prepared statement.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly SqliteSession session;

    internal SqliteStatement(SqliteSession session, sqlite3_stmt handle)
    {
        this.session = session;
        Handle = handle;
    }

    internal sqlite3_stmt Handle { get; }

    /// <summary>Goes on to the next row.</summary>
    /// <returns>False at the end.</returns>
    internal bool Step()
    {
        int code = raw.sqlite3_step(Handle);
        return code switch
        {
            raw.SQLITE_ROW => true,
            raw.SQLITE_DONE => false,
            _ => throw session.Failure(code),
        };
    }

    /// <summary>Runs it once, to be run again with other values.</summary>
    internal void Run()
    {
        int code = raw.sqlite3_step(Handle);
        if (code is not (raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            Exception failure = session.Failure(code);
            raw.sqlite3_reset(Handle);
            throw failure;
        }

        session.Check(raw.sqlite3_reset(Handle));
    }

    internal void Reset() => raw.sqlite3_reset(Handle);

    internal SqliteStatement Bind(int place, string value)
    {
        session.Check(raw.sqlite3_bind_text(Handle, place, Encoding.UTF8.GetBytes(value)));
        return this;
    }

    internal SqliteStatement Bind(int place, long value)
    {
        session.Check(raw.sqlite3_bind_int64(Handle, place, value));
        return this;
    }

    internal bool IsNull(int column) => raw.sqlite3_column_type(Handle, column) == raw.SQLITE_NULL;

    internal long Int64(int column) => raw.sqlite3_column_int64(Handle, column);

    internal string Text(int column) => IsNull(column) ? "" : raw.sqlite3_column_text(Handle, column).utf8_to_string();

    public void Dispose() => Handle.Dispose();
}
