using System.Runtime.CompilerServices;
using DataResilience.Providers;

namespace DataResilience.Integration.Tests;

/// <summary>Counts what is read side by side: every read takes the lowest free place while it runs.</summary>
internal sealed class ReaderShares
{
    private readonly Lock gate = new();
    private readonly List<Place> places = [];

    /// <summary>Done once, when so many reads run at the same time.</summary>
    internal (int Reads, Func<Task> Do)? When { get; init; }

    internal int MostAtOnce { get; private set; }

    /// <summary>Rows by place.</summary>
    internal IReadOnlyList<long> Rows => [.. places.Select(place => place.Rows)];

    /// <summary>The ranges that each place read.</summary>
    internal IReadOnlyList<IReadOnlyList<string>> Ranges => [.. places.Select(place => place.Ranges)];

    internal IDatabaseProvider Around(IDatabaseProvider inner) => new Provider(inner, this);

    private Place Enter(RowRange range, out bool reached)
    {
        lock (gate)
        {
            Place? free = places.Find(place => !place.IsTaken);
            if (free is null)
            {
                free = new Place();
                places.Add(free);
            }

            free.IsTaken = true;
            free.Ranges.Add($"{range.From}-{range.To}");
            int now = places.Count(place => place.IsTaken);
            reached = now > MostAtOnce && now == When?.Reads;
            MostAtOnce = Math.Max(MostAtOnce, now);
            return free;
        }
    }

    private void Leave(Place place)
    {
        lock (gate)
        {
            place.IsTaken = false;
        }
    }

    private async IAsyncEnumerable<RowBlock> ReadAsync(
        IAsyncEnumerable<RowBlock> rows, RowRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Place place = Enter(range, out bool reached);
        try
        {
            bool isFirst = true;
            await foreach (RowBlock block in rows.WithCancellation(cancellationToken))
            {
                if (isFirst && reached)
                {
                    await When!.Value.Do();
                }

                isFirst = false;
                place.Rows += block.Rows;
                yield return block;
            }
        }
        finally
        {
            Leave(place);
        }
    }

    private sealed class Place
    {
        internal bool IsTaken { get; set; }

        internal long Rows { get; set; }

        internal List<string> Ranges { get; } = [];
    }

    private sealed class Provider(IDatabaseProvider inner, ReaderShares shares) : ProviderDecorator(inner)
    {
        public override async Task<ISourceSnapshot> OpenSnapshotAsync(
            DatabaseEndpoint source, SnapshotOptions options, CancellationToken cancellationToken) =>
            new Snapshot(await base.OpenSnapshotAsync(source, options, cancellationToken), shares);
    }

    private sealed class Snapshot(ISourceSnapshot inner, ReaderShares shares) : ISourceSnapshot
    {
        public SnapshotDescription Description => inner.Description;

        public Task<DatabaseSchema> ReadSchemaAsync(CancellationToken cancellationToken) => inner.ReadSchemaAsync(cancellationToken);

        public Task<IReadOnlyList<RowRange>> PlanRangesAsync(TableSchema table, CancellationToken cancellationToken) =>
            inner.PlanRangesAsync(table, cancellationToken);

        public IAsyncEnumerable<RowBlock> ReadRowsAsync(TableSchema table, RowRange range, CancellationToken cancellationToken) =>
            shares.ReadAsync(inner.ReadRowsAsync(table, range, cancellationToken), range, cancellationToken);

        public Task ConfirmAsync(CancellationToken cancellationToken) => inner.ConfirmAsync(cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
