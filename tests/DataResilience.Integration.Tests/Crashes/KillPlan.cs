namespace DataResilience.Integration.Tests.Crashes;

/// <summary>
/// Draws the steps at which a process is killed: first the sort of step (a step of a phase), each sort as often as the others, then
/// one step of that sort by its place among them. Most steps of a backup are writes of packs; drawn by number alone, the others would
/// hardly be met, and because packs are stored by several threads the number of a step is not the same in every run.
/// </summary>
internal sealed class KillPlan
{
    private readonly Random random;
    private readonly Dictionary<string, int> stepsBySort;
    private readonly SortedDictionary<string, int> hits = new(StringComparer.Ordinal);
    private readonly Queue<string> shuffled = new();

    /// <param name="steps">The sort of each step of a whole run, in order.</param>
    /// <param name="seed">Decides what is drawn.</param>
    internal KillPlan(IReadOnlyList<string> steps, int seed)
    {
        random = new Random(seed);
        stepsBySort = steps.GroupBy(sort => sort, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
    }

    internal int Hits => hits.Values.Sum();

    /// <summary>Sorts of steps that occur and that no kill has met.</summary>
    internal IEnumerable<string> Missed => stepsBySort.Keys.Except(hits.Keys).Order(StringComparer.Ordinal);

    /// <summary>Draws a step: its sort, and its place among those of its sort, from 1.</summary>
    internal (string Sort, int Place) Next()
    {
        if (shuffled.Count == 0)
        {
            string[] sorts = [.. stepsBySort.Keys.Order(StringComparer.Ordinal)];
            random.Shuffle(sorts);
            Array.ForEach(sorts, shuffled.Enqueue);
        }

        string sort = shuffled.Dequeue();
        return (sort, random.Next(stepsBySort[sort]) + 1);
    }

    internal void Hit(string sort) => hits[sort] = hits.GetValueOrDefault(sort) + 1;

    /// <summary>The histogram: phases down, steps across.</summary>
    public override string ToString()
    {
        string[] columns = [.. stepsBySort.Keys.Concat(hits.Keys).Select(StepOf).Distinct().Order(StringComparer.Ordinal)];
        IEnumerable<string> lines = stepsBySort.Keys.Concat(hits.Keys).Select(PhaseOf).Distinct().Order(StringComparer.Ordinal)
            .Select(phase => $"{phase,-16}{string.Concat(columns.Select(step => $"{Cell($"{step} of {phase}"),15}"))}");
        return string.Join('\n', lines.Prepend($"{"",-16}{string.Concat(columns.Select(step => $"{step,15}"))}"));
    }

    private static string StepOf(string sort) => sort[..sort.IndexOf(' ', StringComparison.Ordinal)];

    private static string PhaseOf(string sort) => sort[(sort.IndexOf(" of ", StringComparison.Ordinal) + 4)..];

    private string Cell(string sort) =>
        stepsBySort.ContainsKey(sort) || hits.ContainsKey(sort) ? $"{hits.GetValueOrDefault(sort)}" : "-";
}
