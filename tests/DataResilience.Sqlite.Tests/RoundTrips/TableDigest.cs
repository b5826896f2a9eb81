using System.Buffers;
using System.IO.Hashing;
using DataResilience.Providers;

namespace DataResilience.Sqlite.Tests;

/// <summary>The rows of a table as a number and a sum that their order does not change.</summary>
internal sealed record TableDigest(long Rows, UInt128 Sum, long Bytes)
{
    internal static async Task<TableDigest> ReadAsync(ISourceSnapshot snapshot, TableSchema table, CancellationToken token)
    {
        var digest = new RowDigester();
        foreach (RowRange range in await snapshot.PlanRangesAsync(table, token))
        {
            await foreach (RowBlock block in snapshot.ReadRowsAsync(table, range, token))
            {
                using (block)
                {
                    digest.Add(block);
                }
            }
        }

        return digest.ToDigest();
    }

    internal sealed class RowDigester
    {
        private readonly ArrayBufferWriter<byte> carried = new();
        private long rows;
        private long bytes;
        private UInt128 sum;

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
            bytes += all.Length;
        }

        internal TableDigest ToDigest()
        {
            Assert.Equal(0, carried.WrittenCount);
            return new TableDigest(rows, sum, bytes);
        }

        private void AddRow(ReadOnlySpan<byte> row)
        {
            if (carried.WrittenCount > 0)
            {
                carried.Write(row);
                row = carried.WrittenSpan;
            }

            sum += XxHash128.HashToUInt128(row);
            rows++;
            carried.ResetWrittenCount();
        }
    }
}
