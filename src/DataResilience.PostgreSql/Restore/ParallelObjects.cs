using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>Creates objects on several sessions at once, each after what it depends on, none beside one that needs the same table.</summary>
internal sealed class ParallelObjects(RestoreSessions sessions, ObjectCreator creator, ObjectLocks locks)
{
    private readonly List<SchemaObject> waiting = [];
    private readonly HashSet<int> unfinished = [];
    private readonly List<(Task Work, SchemaObject Item)> running = [];

    internal async Task CreateAsync(IEnumerable<SchemaObject> objects, CancellationToken cancellationToken)
    {
        waiting.AddRange(objects);
        unfinished.UnionWith(waiting.Select(item => item.Id));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (unfinished.Count > 0)
            {
                StartReady(stop.Token);
                Task finished = await Task.WhenAny(running.Select(entry => entry.Work));
                int place = running.FindIndex(entry => entry.Work == finished);
                SchemaObject item = running[place].Item;
                running.RemoveAt(place);
                await finished;
                locks.Release(item);
                unfinished.Remove(item.Id);
            }
        }
        catch
        {
            // The first failure is the one to tell; what the others still do is of no use.
            await stop.CancelAsync();
            await Task.WhenAll(running.Select(entry => entry.Work)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private void StartReady(CancellationToken cancellationToken)
    {
        for (int place = 0; place < waiting.Count && running.Count < sessions.Most; place++)
        {
            SchemaObject item = waiting[place];
            if (item.DependsOn.Any(need => need != item.Id && unfinished.Contains(need)) || !locks.TryTake(item))
            {
                continue;
            }

            waiting.RemoveAt(place--);
            Start(item, cancellationToken);
        }

        if (running.Count == 0)
        {
            // Two objects that each wait for the other; the order they are in is the best there is.
            SchemaObject item = waiting[0];
            waiting.RemoveAt(0);
            locks.TryTake(item);
            Start(item, cancellationToken);
        }
    }

    private void Start(SchemaObject item, CancellationToken cancellationToken) =>
        running.Add((sessions.UseAsync(session => creator.CreateAsync(session, item, cancellationToken), cancellationToken), item));
}
