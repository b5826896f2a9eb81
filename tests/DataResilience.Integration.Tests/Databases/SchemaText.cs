using System.Text.RegularExpressions;

namespace DataResilience.Integration.Tests;

/// <summary>What an engine's own dump program says of two databases, line by line, but for what may differ with a reason.</summary>
internal static partial class SchemaText
{
    /// <summary>Fails with the lines that stand in one of the two only.</summary>
    internal static void RequireEqual(string source, string copy)
    {
        string[] expected = LinesOf(source);
        string[] actual = LinesOf(copy);
        if (!expected.SequenceEqual(actual, StringComparer.Ordinal))
        {
            IEnumerable<string> missing = expected.Except(actual, StringComparer.Ordinal).Select(line => $"- {line}");
            IEnumerable<string> added = actual.Except(expected, StringComparer.Ordinal).Select(line => $"+ {line}");
            Assert.Fail($"The schema differs:\n{string.Join('\n', missing.Concat(added).DefaultIfEmpty("the order of lines").Take(80))}");
        }
    }

    // The header names the version of the server, which differs where a newer server is the target, and so does what an older one has not.
    private static string[] LinesOf(string dump) => [.. dump.Split('\n').Where(line => !Header().IsMatch(line))];

    [GeneratedRegex("^-- (Dumped (from|by) |WARNING: can't read |$)|^--$")]
    private static partial Regex Header();
}
