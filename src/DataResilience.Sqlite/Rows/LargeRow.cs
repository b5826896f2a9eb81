namespace DataResilience.Sqlite;

/// <summary>A row that is larger than a block, written piece by piece from SQLite's own memory.</summary>
internal sealed class LargeRow
{
    private readonly RowCursor cursor;
    private readonly RowEncoder encoder;
    private readonly byte[] head = new byte[1 + RowEncoding.MaxVarintBytes];
    private int headLength;
    private int headDone;
    private int column = -1;
    private int valueLength;
    private int valueDone;

    internal LargeRow(RowCursor cursor, RowEncoder encoder)
    {
        this.cursor = cursor;
        this.encoder = encoder;
        headLength = RowEncoding.WriteVarint(head, (ulong)encoder.Measure());
    }

    /// <summary>Fills the rest of a block.</summary>
    /// <returns>True if the row ends in it.</returns>
    internal bool Fill(RowBlockBuilder block)
    {
        while (true)
        {
            headDone += Copy(head.AsSpan(headDone, headLength - headDone), block);
            if (headDone < headLength)
            {
                return false;
            }

            if (valueDone < valueLength)
            {
                valueDone += Copy(cursor.Bytes(column)[valueDone..], block);
                if (valueDone < valueLength)
                {
                    return false;
                }
            }

            if (++column == cursor.Columns)
            {
                return true;
            }

            headLength = encoder.EncodeHead(head, column, out valueLength);
            (headDone, valueDone) = (0, 0);
        }
    }

    private static int Copy(ReadOnlySpan<byte> from, RowBlockBuilder block)
    {
        Span<byte> to = block.Free;
        int bytes = Math.Min(from.Length, to.Length);
        from[..bytes].CopyTo(to);
        block.Advance(bytes);
        return bytes;
    }
}
