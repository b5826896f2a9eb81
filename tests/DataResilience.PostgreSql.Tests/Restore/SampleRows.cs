using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using DataResilience.Providers;

namespace DataResilience.PostgreSql.Tests.Restore;

/// <summary>Rows by hand, in blocks as the engine gives them out.</summary>
internal static class SampleRows
{
    /// <summary>A line of COPY text for every row.</summary>
    internal static IAsyncEnumerable<RowBlock> Of(params string[] lines) => Of(lines.Select(Line));

    internal static byte[] Line(string line) => Encoding.UTF8.GetBytes(line + "\n");

    /// <summary>A row in the form of those that are too large for text.</summary>
    internal static byte[] Binary(params byte[][] fields)
    {
        var row = new List<byte> { 0 };
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt16BigEndian(number, (short)fields.Length);
        row.AddRange(number[..2]);
        foreach (byte[] field in fields)
        {
            BinaryPrimitives.WriteInt32BigEndian(number, field.Length);
            row.AddRange(number);
            row.AddRange(field);
        }

        return [.. row];
    }

    internal static byte[] Integer(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    /// <summary>Rows as they come, cut into blocks of at most so many bytes.</summary>
    internal static async IAsyncEnumerable<RowBlock> Of(IEnumerable<byte[]> rows, int blockBytes = RowBlock.MaxBytes)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(blockBytes);
        var ends = new List<int>();
        int length = 0;
        foreach (byte[] row in rows)
        {
            int done = 0;
            while (done < row.Length)
            {
                int count = Math.Min(blockBytes - length, row.Length - done);
                row.AsSpan(done, count).CopyTo(buffer.AsSpan(length));
                done += count;
                length += count;
                if (done == row.Length)
                {
                    ends.Add(length);
                }

                if (length == blockBytes)
                {
                    yield return Block(buffer, length, ends);
                    buffer = ArrayPool<byte>.Shared.Rent(blockBytes);
                    (length, ends) = (0, []);
                    await Task.Yield();
                }
            }
        }

        yield return Block(buffer, length, ends);
    }

    /// <summary>All rows of a table as a proof reads them.</summary>
    internal static async Task<string> ReadAsync(IRestoreTarget target, TableSchema table)
    {
        var text = new List<byte>();
        await using ISourceSnapshot proof = await target.OpenProofAsync(TestContext.Current.CancellationToken);
        foreach (RowRange range in await proof.PlanRangesAsync(table, TestContext.Current.CancellationToken))
        {
            await foreach (RowBlock block in proof.ReadRowsAsync(table, range, TestContext.Current.CancellationToken))
            {
                using (block)
                {
                    text.AddRange(block.Bytes.Span);
                }
            }
        }

        return Encoding.UTF8.GetString([.. text]);
    }

    private static RowBlock Block(byte[] buffer, int length, List<int> ends)
    {
        int[] rowEnds = ArrayPool<int>.Shared.Rent(Math.Max(1, ends.Count));
        ends.CopyTo(rowEnds);
        return new RowBlock(buffer, length, rowEnds, ends.Count);
    }
}
