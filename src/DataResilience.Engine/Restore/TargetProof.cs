using System.Globalization;
using DataResilience.Engine.Chunking;
using DataResilience.Engine.Operations;
using DataResilience.Providers;

namespace DataResilience.Engine.Restore;

/// <summary>
/// Reads restored tables back and compares their digests with the backup's. Digests are sums, so rows that were added to rows
/// that were there are proved too: before + backup = after.
/// </summary>
internal sealed class TargetProof(IRestoreTarget target, RestoreSource source, bool addsToRows)
{
    private readonly Dictionary<string, RowDigest> before = new(StringComparer.Ordinal);

    internal async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (!addsToRows || !source.Scope.IncludesRows)
        {
            return;
        }

        await using ISourceSnapshot snapshot = await target.OpenProofAsync(cancellationToken);
        foreach (ChosenTable table in source.Tables)
        {
            before[table.Table.QualifiedName] = await DigestAsync(snapshot, table, null, cancellationToken);
        }
    }

    /// <exception cref="DataResilienceException"><c>RestoreMismatch</c>.</exception>
    internal async Task<string> CompareAsync(WorkProgress progress, CancellationToken cancellationToken)
    {
        await using ISourceSnapshot snapshot = await target.OpenProofAsync(cancellationToken);
        foreach (ChosenTable table in source.Tables)
        {
            RowDigest expected = before.GetValueOrDefault(table.Table.QualifiedName) + table.Document.Digest.ToDigest();
            RowDigest actual = await DigestAsync(snapshot, table, progress, cancellationToken);
            if (actual != expected)
            {
                throw Errors.RestoreMismatch.Create(table.Table.QualifiedName, Difference(expected, actual));
            }
        }

        progress.Complete();
        return $"{Counted.Of(source.Tables.Count, "table")} compared, equal";
    }

    private async Task<RowDigest> DigestAsync(ISourceSnapshot snapshot, ChosenTable table, WorkProgress? progress, CancellationToken cancellationToken)
    {
        TableSchema schema = table.Document.ToSchema();
        var digester = new RowDigester(source.Contents.Chunks.Hasher);
        foreach (RowRange range in await snapshot.PlanRangesAsync(schema, cancellationToken))
        {
            await foreach (RowBlock block in snapshot.ReadRowsAsync(schema, range, cancellationToken))
            {
                using (block)
                {
                    digester.Add(block);
                    progress?.Add(schema.QualifiedName, block.Rows, $"{digester.Digest.Rows} rows read back");
                }
            }
        }

        return digester.Digest;
    }

    private static string Difference(RowDigest expected, RowDigest actual) =>
        expected.Rows == actual.Rows
            ? $"it has the right number of rows, {actual.Rows.ToString(CultureInfo.InvariantCulture)}, but their digest differs"
            : $"it has {actual.Rows.ToString(CultureInfo.InvariantCulture)} rows, expected were {expected.Rows.ToString(CultureInfo.InvariantCulture)}";
}
