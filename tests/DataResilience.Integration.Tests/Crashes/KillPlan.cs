namespace DataResilience.Integration.Tests.Crashes;

/// <summary>
/// Draws the steps at which a process is killed: first the sort of step (a step of a phase), each sort as often as the others, then
/// one step of that sort. Most steps of a backup are writes of packs; drawn by number alone, the others would hardly be met.
/// </summary>
internal sealed class KillPlan
{
    /// <summary>Packs are stored by several threads, so a run may take a few steps more or fewer than the one that was counted.</summary>
    private const int Shift = 3;

    private readonly Random random;
    private readonly Dictionary<string, int[]> numbersBySort;
    private readonly SortedDictionary<string, int> hits = new(StringComparer.Ordinal);
    private readonly Queue<string> shuffled = new();

    /// <param name="steps">The sort of each step of a whole run, in order.</param>
    /// <param name="seed">Decides what is drawn.</param>
    internal KillPlan(IReadOnlyList<string> steps, int seed)
    {
        random = new Random(seed);
        numbersBySort = steps.Select((sort, i) => (sort, number: i + 1))
            .GroupBy(step => step.sort, step => step.number, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
    }

    internal int Hits => hits.Values.Sum();

    /// <summary>Sorts of steps that occur and that no kill has met.</summary>
    internal IEnumerable<string> Missed => numbersBySort.Keys.Except(hits.Keys).Order(StringComparer.Ordinal);

    /// <summary>Draws the number of a step.</summary>
    internal int Next()
    {
        if (shuffled.Count == 0)
        {
            string[] sorts = [.. numbersBySort.Keys.Order(StringComparer.Ordinal)];
            random.Shuffle(sorts);
            Array.ForEach(sorts, shuffled.Enqueue);
        }

        return Draw(shuffled.Dequeue(), shift: 0);
    }

    /// <summary>Draws the number of a step near those of a sort that no kill has met.</summary>
    internal int NextMissed() => Draw(Missed.First(), Shift);

    internal void Hit(string sort) => hits[sort] = hits.GetValueOrDefault(sort) + 1;

    /// <summary>The histogram: phases down, steps across.</summary>
    public override string ToString()
    {
        string[] columns = [.. numbersBySort.Keys.Concat(hits.Keys).Select(StepOf).Distinct().Order(StringComparer.Ordinal)];
        IEnumerable<string> lines = numbersBySort.Keys.Concat(hits.Keys).Select(PhaseOf).Distinct().Order(StringComparer.Ordinal)
            .Select(phase => $"{phase,-16}{string.Concat(columns.Select(step => $"{Cell($"{step} of {phase}"),15}"))}");
        return string.Join('\n', lines.Prepend($"{"",-16}{string.Concat(columns.Select(step => $"{step,15}"))}"));
    }

    private static string StepOf(string sort) => sort[..sort.IndexOf(' ', StringComparison.Ordinal)];

    private static string PhaseOf(string sort) => sort[(sort.IndexOf(" of ", StringComparison.Ordinal) + 4)..];

    private string Cell(string sort) =>
        numbersBySort.ContainsKey(sort) || hits.ContainsKey(sort) ? $"{hits.GetValueOrDefault(sort)}" : "-";

    private int Draw(string sort, int shift)
    {
        int[] numbers = numbersBySort[sort];
        return Math.Max(1, numbers[random.Next(numbers.Length)] + random.Next(-shift, shift + 1));
    }
}
