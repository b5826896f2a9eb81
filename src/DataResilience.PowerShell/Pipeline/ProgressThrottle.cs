namespace DataResilience.PowerShell.Pipeline;

/// <summary>
/// Thins progress out to one picture in 200 ms: a host draws slowly, and an engine reports often. Of each part the
/// newest state counts; a part that came and went between two pictures is never shown.
/// </summary>
internal sealed class ProgressThrottle(TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private const string Root = "";

    private readonly Lock gate = new();
    private readonly Dictionary<string, OperationProgress> waiting = [];
    private readonly Dictionary<string, ShownProgress> shown = [];
    private long? lastPicture;
    private int lastId;

    /// <summary>Takes a state in.</summary>
    /// <returns>What is to be shown now, the root first; mostly nothing.</returns>
    public IReadOnlyList<ShownProgress> Next(OperationProgress progress)
    {
        lock (gate)
        {
            Keep(progress);
            if (lastPicture is { } last && time.GetElapsedTime(last) < Interval)
            {
                return [];
            }

            lastPicture = time.GetTimestamp();
            return TakePicture();
        }
    }

    /// <summary>Ends everything that is shown, the root last.</summary>
    public IReadOnlyList<ShownProgress> Finish()
    {
        lock (gate)
        {
            waiting.Clear();
            var ends = shown.Values.OrderByDescending(entry => entry.Id).Select(Completed).ToList();
            shown.Clear();
            return ends;
        }
    }

    private static ShownProgress Completed(ShownProgress entry) => entry with { State = entry.State with { IsCompleted = true } };

    private void Keep(OperationProgress progress)
    {
        string key = progress.Part ?? Root;
        if (progress.IsCompleted && !shown.ContainsKey(key))
        {
            waiting.Remove(key);
        }
        else
        {
            waiting[key] = progress;
        }
    }

    private List<ShownProgress> TakePicture()
    {
        AddRootOfPart();
        var picture = waiting.OrderBy(entry => entry.Key != Root).Select(entry => Show(entry.Key, entry.Value)).ToList();
        waiting.Clear();
        return picture;
    }

    // A child without its parent would be drawn as an activity of its own.
    private void AddRootOfPart()
    {
        if (waiting.Count > 0 && !shown.ContainsKey(Root) && !waiting.ContainsKey(Root))
        {
            waiting[Root] = waiting.Values.First() with { Part = null, PercentComplete = null, Remaining = null };
        }
    }

    private ShownProgress Show(string key, OperationProgress state)
    {
        int id = shown.TryGetValue(key, out var before) ? before.Id : key == Root ? ShownProgress.RootId : ++lastId;
        var entry = new ShownProgress(id, state);
        if (state.IsCompleted)
        {
            shown.Remove(key);
        }
        else
        {
            shown[key] = entry;
        }

        return entry;
    }
}
