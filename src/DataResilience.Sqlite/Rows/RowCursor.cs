using SQLitePCL;

namespace DataResilience.Sqlite;

/// <summary>
/// The rows of a range, column by column. Several statements over the same range step together where one cannot say it all:
/// the rowid beside 2,000 columns is more than a statement may return, and text that is not UTF-8 must be asked for as a blob
/// (its length in bytes is only to be had by converting it) while its storage class is asked for as it is.
/// </summary>
internal sealed class RowCursor : IDisposable
{
    private readonly IReadOnlyList<SqliteStatement> statements;
    private readonly Place[] types;
    private readonly Place[] values;

    internal RowCursor(IReadOnlyList<SqliteStatement> statements, Place[] types, Place[] values)
    {
        this.statements = statements;
        this.types = types;
        this.values = values;
    }

    internal int Columns => types.Length;

    internal bool Step()
    {
        bool row = statements[0].Step();
        for (int i = 1; i < statements.Count; i++)
        {
            if (statements[i].Step() != row)
            {
                throw new InvalidOperationException("Two statements over one snapshot gave different rows.");
            }
        }

        return row;
    }

    internal int TypeOf(int column) => raw.sqlite3_column_type(types[column].Statement, types[column].Column);

    internal long Int64(int column) => raw.sqlite3_column_int64(types[column].Statement, types[column].Column);

    internal double Double(int column) => raw.sqlite3_column_double(types[column].Statement, types[column].Column);

    /// <summary>The bytes of a text or a blob in SQLite's own memory, until the next step.</summary>
    internal ReadOnlySpan<byte> Bytes(int column) =>
        raw.sqlite3_column_blob(values[column].Statement, values[column].Column);

    public void Dispose()
    {
        foreach (SqliteStatement statement in statements)
        {
            statement.Dispose();
        }
    }

    /// <summary>A column of one of the statements.</summary>
    internal readonly record struct Place(sqlite3_stmt Statement, int Column);
}
