namespace DataResilience.Console.Parsing;

/// <summary>Finds what a mistyped word was probably meant to be.</summary>
internal static class Typo
{
    private const int MostMistakes = 3;

    /// <summary>The nearest name, or null where none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> names) => names
        .Select(name => (Name: name, Distance: Distance(word, name)))
        .Where(candidate => candidate.Distance <= Math.Min(MostMistakes, candidate.Name.TrimStart('-').Length / 2))
        .OrderBy(candidate => candidate.Distance)
        .Select(candidate => candidate.Name)
        .FirstOrDefault();

    // Levenshtein: how many characters must be put in, taken out or replaced.
    private static int Distance(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        foreach (char left in from)
        {
            int diagonal = row[0]++;
            for (int column = 1; column <= to.Length; column++)
            {
                int replaced = diagonal + (left == to[column - 1] ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.Min(replaced, Math.Min(row[column], row[column - 1]) + 1);
            }
        }

        return row[^1];
    }
}
