using System.Buffers;
using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>
/// Puts the row that a reader stands on into a block, as <see cref="MySqlRowFormat"/> has it. Where the block is full it stops, in the
/// middle of a value if need be, and goes on from there.
/// </summary>
internal sealed class RowEncoder(RowBlockBuilder block, int columns) : IDisposable
{
    // A value is taken in pieces of so many bytes, which are still in the processor's cache when they are searched.
    private const int PieceBytes = 1 << 15;

    // The mark of a NULL, or an escaped byte: nothing that is written at once is longer but the pieces.
    private const int MostAtOnce = 2;

    private static readonly SearchValues<byte> Special = SearchValues.Create("\0\t\n\\"u8);

    private byte[]? piece;
    private int column;
    private int offset;
    private bool isStarted;

    /// <summary>Whether a row was begun and has not ended.</summary>
    internal bool IsInRow { get; private set; }

    /// <summary>Goes on with the row.</summary>
    /// <returns>False if the block is full before the row's end.</returns>
    internal bool Encode(MySqlDataReader row)
    {
        IsInRow = true;
        for (; column < columns; column++)
        {
            if (!EncodeColumn(row))
            {
                return false;
            }

            (offset, isStarted) = (0, false);
        }

        if (block.FreeBytes == 0)
        {
            return false;
        }

        block.EndRow();
        column = 0;
        IsInRow = false;
        return true;
    }

    public void Dispose()
    {
        if (piece is not null)
        {
            ArrayPool<byte>.Shared.Return(piece);
            piece = null;
        }
    }

    private bool EncodeColumn(MySqlDataReader row)
    {
        if (!isStarted)
        {
            if (block.FreeBytes <= MostAtOnce)
            {
                return false;
            }

            if (column > 0)
            {
                block.Add(MySqlRowFormat.FieldEnd);
            }

            isStarted = true;
            if (row.IsDBNull(column))
            {
                block.Add(MySqlRowFormat.Escape, (byte)'N');
                return true;
            }
        }

        while (block.FreeBytes > MostAtOnce)
        {
            int room = Math.Min(block.FreeBytes, PieceBytes);
            int start = block.Length;
            int count = (int)row.GetBytes(column, offset, block.Buffer, start, room);
            Span<byte> read = block.Buffer.AsSpan(start, count);
            int special = read.IndexOfAny(Special);
            int plain = special < 0 ? count : special;
            block.Add(plain);
            offset += plain;
            if ((special < 0 || Escape(read[special..])) && count < room)
            {
                return true;
            }
        }

        return IsAtEnd(row);
    }

    private bool IsAtEnd(MySqlDataReader row) => offset == row.GetBytes(column, 0, null, 0, 0);

    /// <summary>Writes bytes that stand where they are to go, and grow.</summary>
    /// <returns>False if they did not all fit.</returns>
    private bool Escape(ReadOnlySpan<byte> bytes)
    {
        piece ??= ArrayPool<byte>.Shared.Rent(PieceBytes);
        bytes.CopyTo(piece);
        ReadOnlySpan<byte> left = piece.AsSpan(0, bytes.Length);
        while (!left.IsEmpty)
        {
            int special = left.IndexOfAny(Special);
            int run = Math.Min(special < 0 ? left.Length : special, block.FreeBytes);
            left[..run].CopyTo(block.Buffer.AsSpan(block.Length));
            block.Add(run);
            offset += run;
            left = left[run..];
            if (left.IsEmpty)
            {
                return true;
            }

            if (block.FreeBytes < MostAtOnce || run != special)
            {
                return false;
            }

            block.Add(MySqlRowFormat.Escape, Letter(left[0]));
            offset++;
            left = left[1..];
        }

        return true;
    }

    private static byte Letter(byte special) => special switch
    {
        0 => (byte)'0',
        MySqlRowFormat.FieldEnd => (byte)'t',
        MySqlRowFormat.LineEnd => (byte)'n',
        _ => MySqlRowFormat.Escape,
    };
}
