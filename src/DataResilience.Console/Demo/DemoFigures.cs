using DataResilience.Console.Output;

namespace DataResilience.Console.Demo;

/// <summary>What a step shows, and what of it is not as it should be.</summary>
/// <param name="shown">The figures as people read them.</param>
internal sealed class DemoFigures(string shown)
{
    private readonly List<string> surprises = [];

    /// <summary>Whether there is no surprise.</summary>
    public bool AreRight => surprises.Count == 0;

    /// <summary>The surprises, if there are any, then the figures.</summary>
    public string Text => string.Join(". ", surprises.Append(shown).Where(text => text.Length > 0));

    /// <summary>A step that did not get as far as figures.</summary>
    public static DemoFigures Failure(string reason) => new DemoFigures("").Expect(false, reason);

    public DemoFigures Expect(string what, long expected, long found) =>
        Expect(expected == found, $"{HumanText.Count(found)} {what} instead of {HumanText.Count(expected)}");

    public DemoFigures Expect(bool fact, string otherwise)
    {
        if (!fact)
        {
            surprises.Add(otherwise);
        }

        return this;
    }
}
