using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>
/// Loads the pages of large objects. Only a superuser may write their table, so pages go through a temporary table, and their
/// owner's right, into objects that exist already.
/// </summary>
internal static class LargeObjectLoader
{
    private const string Pages = "pg_temp.dr_large_object_page";

    // The temporary table takes as much space again as what is in it.
    private const long MostBytes = 16 << 20;

    private const string Make = $"CREATE TEMPORARY TABLE IF NOT EXISTS dr_large_object_page (loid oid, pageno integer, data bytea)";

    // Restored without their definitions, objects may not be there.
    private const string MakeMissing = $"""
        SELECT pg_catalog.count(pg_catalog.lo_create(p.loid)) FROM (SELECT DISTINCT loid FROM {Pages}) p
        WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_largeobject_metadata m WHERE m.oid = p.loid)
        """;

    // 2048 bytes a page, as every server keeps them that was built with the usual block size.
    private const string Put = $"{MakeMissing}; SELECT pg_catalog.count(pg_catalog.lo_put(loid, pageno::bigint * 2048, data)) FROM {Pages}; TRUNCATE {Pages}";

    internal static bool Takes(TableSchema table) => table is { Schema: "pg_catalog", Name: "pg_largeobject" };

    internal static async Task<long> LoadAsync(
        ServerSession session, TableSchema table, IAsyncEnumerable<RowBlock> rows, CancellationToken cancellationToken)
    {
        long count = 0;
        long bytes = 0;
        await session.ExecuteAsync(Make, cancellationToken);
        await using var copy = new RowCopy(session, Pages, RowLoader.Columns(table));
        await foreach (RowBlock block in rows.WithCancellation(cancellationToken))
        {
            using (block)
            {
                await copy.WriteAsync(block, cancellationToken);
                count += block.Rows;
                bytes += block.Bytes.Length;
                bool endsWithRow = block.Rows > 0 && block.RowEnds.Span[^1] == block.Bytes.Length;
                if (bytes >= MostBytes && endsWithRow)
                {
                    await copy.CompleteAsync(cancellationToken);
                    await session.ExecuteAsync(Put, cancellationToken);
                    bytes = 0;
                }
            }
        }

        await copy.CompleteAsync(cancellationToken);
        await session.ExecuteAsync(Put, cancellationToken);
        return count;
    }
}
