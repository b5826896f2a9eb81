using System.Buffers;
using System.IO.Hashing;
using DataResilience.Providers;

namespace DataResilience.Testing.Databases.Conformance;

/// <summary>The rows of a table as a number and a sum that their order does not change.</summary>
public sealed class RowSum
{
    private readonly ArrayBufferWriter<byte> carried = new();

    public long Rows { get; private set; }

    public long Bytes { get; private set; }

    public UInt128 Sum { get; private set; }

    public static async Task<RowSum> ReadAsync(ISourceSnapshot snapshot, TableSchema table, CancellationToken token)
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

        _ = sum.Value;
        return sum;
    }

    public void Add(RowBlock block)
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
    public (long Rows, long Bytes, UInt128 Sum) Value
    {
        get
        {
            Assert.Equal(0, carried.WrittenCount);
            return (Rows, Bytes, Sum);
        }
    }

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
