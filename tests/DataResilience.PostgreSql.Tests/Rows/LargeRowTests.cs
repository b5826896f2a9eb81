using System.Buffers.Binary;
using System.Text;
using DataResilience.PostgreSql.Tests.Snapshot;
using DataResilience.Providers;
using DataResilience.Testing.Servers;

namespace DataResilience.PostgreSql.Tests.Rows;

[Trait("Category", "Server")]
[Trait("Category", "Slow")]
public class LargeRowTests
{
    private const int LargeBytes = 600_000_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_too_large_for_text_stands_between_its_neighbours_in_binary_form()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync(
            $"""
            CREATE TABLE large (id int, b bytea, t text);
            INSERT INTO large VALUES (1, '\x01', 'first');
            INSERT INTO large SELECT 2, decode(repeat('AAAA', {LargeBytes / 3}), 'base64'), NULL;
            INSERT INTO large VALUES (3, NULL, 'between');
            INSERT INTO large SELECT id + 2, b, 'again' FROM large WHERE id = 2;
            INSERT INTO large VALUES (5, '\x05', 'last')
            """);
        await using PostgreSqlSnapshot snapshot = await database.OpenSnapshotAsync();
        var rows = new List<(long Length, byte[] Head)>();
        long length = 0;
        var head = new List<byte>();
        long before = GC.GetTotalAllocatedBytes();
        int blocks = 0;

        await foreach (RowBlock block in snapshot.ReadRowsAsync(Sources.Table("large", "id", "b", "t"), Sources.Everything, Token))
        {
            using (block)
            {
                int start = 0;
                foreach (int end in block.RowEnds.ToArray())
                {
                    Take(block.Bytes.Span[start..end]);
                    rows.Add((length, [.. head]));
                    (length, start) = (0, end);
                    head.Clear();
                }

                Take(block.Bytes.Span[start..]);
                blocks++;
            }
        }

        Assert.Equal(0, length);
        Assert.Equal(["1\t\\\\x01\tfirst\n", "3\t\\N\tbetween\n", "5\t\\\\x05\tlast\n"], new[] { 0, 2, 4 }.Select(row => Encoding.UTF8.GetString(rows[row].Head)));
        Assert.Equal(1 + 2 + 4 + 4 + 4 + LargeBytes + 4, rows[1].Length);
        Assert.Equal(1 + 2 + 4 + 4 + 4 + LargeBytes + 4 + 5, rows[3].Length);
        Assert.Equal([0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 2], rows[1].Head[..11]);
        Assert.Equal(LargeBytes, BinaryPrimitives.ReadInt32BigEndian(rows[1].Head.AsSpan(11)));
        Assert.InRange(blocks, LargeBytes / RowBlock.MaxBytes, int.MaxValue);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, LargeBytes);

        void Take(ReadOnlySpan<byte> bytes)
        {
            head.AddRange(bytes[..Math.Min(bytes.Length, Math.Max(0, 64 - head.Count))].ToArray());
            length += bytes.Length;
        }
    }

    [Fact]
    public async Task A_row_too_large_for_binary_form_too_is_refused_by_name()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync(
            $"""
            CREATE TABLE huge (a bytea, b bytea);
            INSERT INTO huge (a) SELECT decode(repeat('AAAA', {LargeBytes / 3}), 'base64');
            UPDATE huge SET b = decode(repeat('AAAA', {LargeBytes / 3}), 'base64')
            """);
        await using PostgreSqlSnapshot snapshot = await database.OpenSnapshotAsync();

        DataResilienceException failure = await Expect.ErrorAsync(
            Errors.FeatureUnsupported, () => snapshot.CountAsync(Sources.Table("huge", "a", "b")));

        Assert.Contains("public.huge", failure.Message, StringComparison.Ordinal);
    }
}
