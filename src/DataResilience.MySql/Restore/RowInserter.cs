using System.Buffers;
using System.Globalization;
using System.Text;
using DataResilience.Providers;
using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>
/// Inserts rows by statements of many rows, for servers that take no LOAD DATA LOCAL. Every value stands as the bytes it has; a
/// number as its text, since bytes would be taken for a number there.
/// </summary>
internal sealed class RowInserter(ServerSession session, TableSchema table, long packet, Func<long, Exception> tooLarge)
{
    // Beyond this a larger statement is no faster.
    private const int UsualLength = 1 << 20;

    // What stands around the rows, with room for the driver's own bytes.
    private const int Margin = 16 << 10;

    private static readonly string[] Numbers =
        ["tinyint", "smallint", "mediumint", "int", "integer", "bigint", "decimal", "numeric", "float", "double", "real", "year"];

    private readonly bool[] isNumber = [.. table.Columns.Select(IsNumber)];
    private readonly string head = $"INSERT INTO {SqlText.Name(table.Name)} ({string.Join(", ", table.Columns.Select(column => SqlText.Name(column.Name)))}) VALUES ";
    private readonly StringBuilder statement = new();
    private readonly ArrayBufferWriter<byte> carried = new();
    private int pending;

    /// <summary>Inserts everything there is.</summary>
    internal async Task<long> InsertAsync(RowSupply supply, CancellationToken cancellationToken)
    {
        long count = 0;
        while (await supply.NextAsync())
        {
            RowBlock block = supply.Current!;
            int start = 0;
            for (int row = 0; row < block.Rows; row++)
            {
                int end = block.RowEnds.Span[row];
                await AddAsync(block.Bytes[start..end], cancellationToken);
                start = end;
                count++;
            }

            carried.Write(block.Bytes.Span[start..]);
        }

        await FlushAsync(cancellationToken);
        return count;
    }

    private static bool IsNumber(ColumnSchema column)
    {
        string type = column.Type.TrimStart();
        int end = type.AsSpan().IndexOfAny(" (");
        return Numbers.Contains(end < 0 ? type : type[..end], StringComparer.OrdinalIgnoreCase);
    }

    private async Task AddAsync(ReadOnlyMemory<byte> row, CancellationToken cancellationToken)
    {
        if (carried.WrittenCount > 0)
        {
            carried.Write(row.Span);
            row = carried.WrittenMemory;
        }

        string values = Values(row.Span[..^1]);
        carried.ResetWrittenCount();
        if (values.Length + head.Length + Margin > packet)
        {
            throw tooLarge(values.Length);
        }

        if (pending > 0 && statement.Length + values.Length > Math.Min(UsualLength, packet - Margin))
        {
            await FlushAsync(cancellationToken);
        }

        statement.Append(pending == 0 ? head : ",").Append(values);
        pending++;
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (pending == 0)
        {
            return;
        }

        long inserted = 0;
        await session.GuardAsync(
            async kill =>
            {
                await using var command = new MySqlCommand(statement.ToString(), session.Connection);
                inserted = await command.ExecuteNonQueryAsync(kill);
            },
            cancellationToken);
        await RowLoader.RequireAsync(session, table, pending, inserted, cancellationToken);
        statement.Clear();
        pending = 0;
    }

    /// <summary>One row as a list of values; a row of a table that has generated columns only has none.</summary>
    private string Values(ReadOnlySpan<byte> row)
    {
        if (table.Columns.Count == 0)
        {
            return "()";
        }

        var text = new StringBuilder("(", (row.Length * 2) + (table.Columns.Count * 8));
        for (int column = 0; column < table.Columns.Count; column++)
        {
            int end = row.IndexOf(MySqlRowFormat.FieldEnd);
            Append(text.Append(column == 0 ? "" : ","), end < 0 ? row : row[..end], column);
            row = end < 0 ? [] : row[(end + 1)..];
        }

        return text.Append(')').ToString();
    }

    private void Append(StringBuilder text, ReadOnlySpan<byte> field, int column)
    {
        if (field.SequenceEqual("\\N"u8))
        {
            text.Append("NULL");
            return;
        }

        byte[] plain = Unescape(field);
        string literal = isNumber[column]
            ? SqlText.Value(Encoding.ASCII.GetString(plain))
            : plain.Length == 0 ? "''" : string.Create(CultureInfo.InvariantCulture, $"x'{Convert.ToHexString(plain)}'");
        text.Append(ColumnEncoding.Load(table.Columns[column], table.Columns[column].Encoding == ColumnEncoding.Index ? $"'{Encoding.ASCII.GetString(plain)}'" : literal) ?? literal);
    }

    private static byte[] Unescape(ReadOnlySpan<byte> field)
    {
        byte[] plain = new byte[field.Length];
        int count = 0;
        for (int i = 0; i < field.Length; i++)
        {
            byte next = field[i];
            if (next == MySqlRowFormat.Escape && i + 1 < field.Length)
            {
                next = field[++i] switch { (byte)'0' => 0, (byte)'t' => (byte)'\t', (byte)'n' => (byte)'\n', byte other => other };
            }

            plain[count++] = next;
        }

        return plain[..count];
    }
}
