using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>Loads the rows of one table on one session.</summary>
internal static class RowLoader
{
    /// <summary>Loads them.</summary>
    /// <param name="session">The session, which nobody else uses meanwhile.</param>
    /// <param name="table">The table.</param>
    /// <param name="rows">Its rows, or some of them.</param>
    /// <param name="isLive">Whether the session must also read them back: what is too large for text would cost it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static async Task<long> LoadAsync(
        ServerSession session, TableSchema table, IAsyncEnumerable<RowBlock> rows, bool isLive, CancellationToken cancellationToken)
    {
        if (LargeObjectLoader.Takes(table))
        {
            return await LargeObjectLoader.LoadAsync(session, table, rows, cancellationToken);
        }

        long count = 0;
        await using var copy = new RowCopy(session, SqlName.Quote(table.Schema, table.Name), Columns(table));
        copy.BinaryRefusal = isLive
            ? Errors.FeatureUnsupported.Create(table.QualifiedName, "it has a row too large for text, which can be restored into a new database only")
            : null;
        await foreach (RowBlock block in rows.WithCancellation(cancellationToken))
        {
            using (block)
            {
                await copy.WriteAsync(block, cancellationToken);
                count += block.Rows;
            }
        }

        await copy.CompleteAsync(cancellationToken);
        return count;
    }

    /// <summary>A table without columns has rows all the same, and COPY takes no empty list.</summary>
    internal static string Columns(TableSchema table) =>
        table.Columns.Count == 0 ? "" : $" ({string.Join(", ", table.Columns.Select(column => SqlName.Quote(column.Name)))})";
}
