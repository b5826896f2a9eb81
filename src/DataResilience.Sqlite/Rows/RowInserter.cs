using System.Buffers.Binary;
using DataResilience.Providers;
using SQLitePCL;

namespace DataResilience.Sqlite;

/// <summary>Inserts encoded rows into a table, each value bound with its own storage class.</summary>
/// <remarks>
/// A large value is bound as zeros that take no room and written into the row when that is there, so that it costs its size once,
/// for the record that SQLite makes; a blob that ends its row not even that. Where something is computed from its column, or rows
/// have no number, it is bound and costs its size twice: what is bound and the record.
/// </remarks>
internal sealed class RowInserter : IDisposable
{
    // Above this a value is written in place instead of being copied into a statement first.
    private const int InPlaceBytes = 1 << 20;

    private readonly SqliteSession session;
    private readonly SqliteStatement insert;
    private readonly TableSchema table;
    private readonly InsertOptions options;
    private readonly ZeroBytes zeros = new();
    private readonly List<(string Column, int Offset, int Length)> inPlace = [];

    internal RowInserter(SqliteSession session, TableSchema table, InsertOptions options)
    {
        this.session = session;
        this.table = table;
        this.options = options;
        insert = session.Prepare(Statement(table, options.IsUtf8));
    }

    /// <summary>Inserts a row.</summary>
    /// <param name="row">The whole row with its length.</param>
    /// <param name="carried">Where the bytes are if they can be given back as soon as they are bound.</param>
    internal void Insert(ReadOnlySpan<byte> row, CarriedRow? carried)
    {
        BindAll(row[RowEncoding.ReadVarint(row, out _)..]);
        if (inPlace.Count == 0)
        {
            carried?.Clear();
            insert.Run();
            return;
        }

        int body = RowEncoding.ReadVarint(row, out _);
        insert.Run();
        zeros.Release(insert.Handle);
        WriteInPlace(row[body..]);
    }

    public void Dispose()
    {
        insert.Dispose();
        zeros.Dispose();
    }

    // OR ABORT: a table may be defined to drop or replace rows that break a constraint, which must not happen in silence.
    private static string Statement(TableSchema table, bool isUtf8)
    {
        IEnumerable<string> names = table.Columns.Select(column => SqliteName.Quote(column.Name));
        int count = table.Columns.Count;
        // Text that is not UTF-8 would be taken through a conversion that drops a byte order mark; a cast of the bytes does not.
        IEnumerable<string> values = Enumerable.Range(1, count).Select(place => isUtf8
            ? $"?{place}"
            : $"CASE WHEN ?{count + place} THEN CAST(?{place} AS TEXT) ELSE ?{place} END");
        return $"INSERT OR ABORT INTO {SqliteName.Table(table.Name)}({string.Join(',', names)}) VALUES({string.Join(',', values)})";
    }

    private void BindAll(ReadOnlySpan<byte> body)
    {
        inPlace.Clear();
        int at = 0;
        for (int column = 0; column < table.Columns.Count; column++)
        {
            at += Bind(column, body[at..], at);
        }

        if (at != body.Length)
        {
            throw Invalid();
        }
    }

    private int Bind(int column, ReadOnlySpan<byte> value, int offset)
    {
        byte storageClass = value[0];
        int place = column + 1;
        BindCast(place, storageClass == RowEncoding.Text);
        switch (storageClass)
        {
            case RowEncoding.Null:
                session.Check(raw.sqlite3_bind_null(insert.Handle, place));
                return 1;
            case RowEncoding.Integer:
                int digits = RowEncoding.ReadVarint(value[1..], out ulong number);
                BindInteger(place, RowEncoding.UnZigZag(number));
                return 1 + digits;
            case RowEncoding.Real:
                session.Check(raw.sqlite3_bind_double(insert.Handle, place, BinaryPrimitives.ReadDoubleLittleEndian(value[1..])));
                return 9;
            case RowEncoding.Text:
            case RowEncoding.Blob:
                return BindBytes(column, storageClass, value, offset);
            default:
                throw Invalid();
        }
    }

    private void BindCast(int place, bool isText)
    {
        if (!options.IsUtf8)
        {
            session.Check(raw.sqlite3_bind_int64(insert.Handle, table.Columns.Count + place, isText ? 1 : 0));
        }
    }

    private void BindInteger(int place, long value) => session.Check(place == 1 && options.LeavesRowIdToTarget
        ? raw.sqlite3_bind_null(insert.Handle, place)
        : raw.sqlite3_bind_int64(insert.Handle, place, value));

    private int BindBytes(int column, byte storageClass, ReadOnlySpan<byte> value, int offset)
    {
        int head = 1 + RowEncoding.ReadVarint(value[1..], out ulong length);
        int bytes = checked((int)length);
        ReadOnlySpan<byte> content = value.Slice(head, bytes);
        int place = column + 1;
        if (bytes >= InPlaceBytes && options.InPlace.Contains(table.Columns[column].Name) && HasWholeCharacters(storageClass, bytes))
        {
            session.Check(BindZeros(place, storageClass, bytes, IsLast(value[(head + bytes)..])));
            inPlace.Add((table.Columns[column].Name, offset + head, bytes));
        }
        else if (storageClass == RowEncoding.Text && options.IsUtf8)
        {
            session.Check(raw.sqlite3_bind_text(insert.Handle, place, content));
        }
        else
        {
            session.Check(raw.sqlite3_bind_blob(insert.Handle, place, content));
        }

        return head + bytes;
    }

    private int BindZeros(int place, byte storageClass, int bytes, bool isLast)
    {
        if (storageClass == RowEncoding.Text)
        {
            // Zeros have no byte order mark to lose.
            BindCast(place, isText: false);
            return zeros.BindText(insert.Handle, place, bytes, options.TextEncoding);
        }

        // Zeros that are only counted stay so in the record at its end alone; before another value SQLite spells them out first.
        return isLast ? raw.sqlite3_bind_zeroblob(insert.Handle, place, bytes) : zeros.BindBlob(insert.Handle, place, bytes);
    }

    // As text that is bound, SQLite shortens UTF-16 to whole characters.
    private bool HasWholeCharacters(byte storageClass, int bytes) => storageClass == RowEncoding.Blob || options.IsUtf8 || bytes % 2 == 0;

    private static bool IsLast(ReadOnlySpan<byte> rest) => !rest.ContainsAnyExcept(RowEncoding.Null);

    private void WriteInPlace(ReadOnlySpan<byte> body)
    {
        long rowId = raw.sqlite3_last_insert_rowid(session.Handle);
        foreach ((string column, int offset, int length) in inPlace)
        {
            session.Check(raw.sqlite3_blob_open(session.Handle, "main", table.Name, column, rowId, 1, out sqlite3_blob blob));
            using (blob)
            {
                session.Check(raw.sqlite3_blob_write(blob, body.Slice(offset, length), 0));
            }
        }
    }

    private DataResilienceException Invalid() =>
        Errors.RestoreCheckFailed.Create(table.Name, $"a row is not in row encoding {RowEncoding.Version}");
}
