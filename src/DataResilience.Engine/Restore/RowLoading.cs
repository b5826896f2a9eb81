using System.Runtime.CompilerServices;
using DataResilience.Engine.Operations;
using DataResilience.Providers;

namespace DataResilience.Engine.Restore;

/// <summary>Loads the rows of the chosen tables: as many tables and parts of tables at once as the target takes.</summary>
internal sealed class RowLoading(IRestoreTarget target, RestoreSource source, int workers)
{
    private readonly int loaders = target.Description.MaxLoaders;

    internal async Task LoadAllAsync(WorkProgress progress, CancellationToken cancellationToken)
    {
        using var sharedPlaces = new SemaphoreSlim(workers);
        var options = new ParallelOptions { MaxDegreeOfParallelism = loaders, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            CutAllAsync(progress, cancellationToken),
            options,
            async (next, token) => await LoadAsync(next.Part, next.Load, sharedPlaces, token));
        progress.Complete();
    }

    /// <summary>Table after table, so that few are open at once and the parts of one are loaded together.</summary>
    private async IAsyncEnumerable<(TablePart Part, TableLoad Load)> CutAllAsync(
        WorkProgress progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (ChosenTable table in source.Tables)
        {
            IReadOnlyList<TablePart> parts = await TableParts.CutAsync(source.Contents, table, loaders, cancellationToken);
            var load = new TableLoad(table, parts.Count, progress);
            foreach (TablePart part in parts)
            {
                yield return (part, load);
            }
        }
    }

    private async Task LoadAsync(TablePart part, TableLoad load, SemaphoreSlim sharedPlaces, CancellationToken cancellationToken)
    {
        var rows = new StoredRows(source.Contents, part, source.RowFormat, sharedPlaces);
        long loaded = await target.LoadRowsAsync(
            part.Table.Document.ToSchema(), rows.ReadAsync(load.Give, cancellationToken), cancellationToken);
        load.End(loaded, rows.Digest);
    }
}
