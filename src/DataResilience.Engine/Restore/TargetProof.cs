using System.Collections.Concurrent;
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
    private readonly ConcurrentDictionary<ChosenTable, RowDigest> before = new(ReferenceEqualityComparer.Instance);

    internal async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (!addsToRows || !source.Scope.IncludesRows)
        {
            return;
        }

        await DigestAllAsync(null, (table, digest) => before[table] = digest, cancellationToken);
    }

    /// <exception cref="DataResilienceException"><c>RestoreMismatch</c>.</exception>
    internal async Task<string> CompareAsync(WorkProgress progress, CancellationToken cancellationToken)
    {
        await DigestAllAsync(progress, Compare, cancellationToken);
        progress.Complete();
        return $"{Counted.Of(source.Tables.Count, "table")} compared, equal";
    }

    private void Compare(ChosenTable table, RowDigest actual)
    {
        RowDigest expected = before.GetValueOrDefault(table) + table.Document.Digest.ToDigest();
        if (actual != expected)
        {
            throw Errors.RestoreMismatch.Create(table.Table.QualifiedName, Difference(expected, actual));
        }
    }

    /// <summary>As many ranges are read at once as the snapshot has readers, be they of one table or of many.</summary>
    private async Task DigestAllAsync(WorkProgress? progress, Action<ChosenTable, RowDigest> digested, CancellationToken cancellationToken)
    {
        await using ISourceSnapshot snapshot = await target.OpenProofAsync(cancellationToken);
        using var digests = new TableDigests(snapshot, source.Contents.Chunks.Hasher, progress);
        var options = new ParallelOptions { MaxDegreeOfParallelism = snapshot.Description.MaxReaders, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            source.Tables, options, async (table, token) => digested(table, await digests.ReadAsync(table.Document.ToSchema(), token)));
    }

    private static string Difference(RowDigest expected, RowDigest actual) =>
        expected.Rows == actual.Rows
            ? $"it has the right number of rows, {actual.Rows.ToString(CultureInfo.InvariantCulture)}, but their digest differs"
            : $"it has {actual.Rows.ToString(CultureInfo.InvariantCulture)} rows, expected were {expected.Rows.ToString(CultureInfo.InvariantCulture)}";
}
