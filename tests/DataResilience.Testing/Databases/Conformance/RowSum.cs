using System.Buffers;
using System.IO.Hashing;
using DataResilience.Providers;

namespace DataResilience.Testing.Databases.Conformance;

/// <summary>The rows of a table as a number and a sum that their order does not change.</summary>
internal sealed class RowSum
{
    private readonly ArrayBufferWriter<byte> carried = new();

    internal long Rows { get; private set; }

    internal long Bytes { get; private set; }

    internal UInt128 Sum { get; private set; }

    internal static async Task<RowSum> ReadAsync(ISourceSnapshot snapshot, TableSchema table, CancellationToken token)
    {
        var sum = new RowSum();
        foreach (RowRange range in await snapshot.PlanRangesAsync(table, token))
        {
            await foreach (RowBlock block in snapshot.ReadRowsAsync(table, range, token))
            {
                using (block)
                {
                    sum.Add(block);
                }
            }
        }

        Assert.Equal(0, sum.carried.WrittenCount);
        return sum;
    }

    internal void Add(RowBlock block)
    {
        ReadOnlySpan<byte> all = block.Bytes.Span;
        int start = 0;
        foreach (int end in block.RowEnds.Span)
        {
            AddRow(all[start..end]);
            start = end;
        }

        carried.Write(all[start..]);
        Bytes += all.Length;
    }

    /// <summary>What two tables are compared by.</summary>
    internal (long Rows, long Bytes, UInt128 Sum) Value => (Rows, Bytes, Sum);

    private void AddRow(ReadOnlySpan<byte> row)
    {
        if (carried.WrittenCount > 0)
        {
            carried.Write(row);
            row = carried.WrittenSpan;
        }

        Sum += XxHash128.HashToUInt128(row);
        Rows++;
        carried.ResetWrittenCount();
    }
}
