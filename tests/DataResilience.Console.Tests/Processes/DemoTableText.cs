namespace DataResilience.Console.Tests.Processes;

/// <summary>The table that the demo printed, read by its columns as a person does: a cell may go on in the next lines.</summary>
internal sealed record DemoTableText(IReadOnlyList<string> Headings, IReadOnlyList<string[]> Rows)
{
    public static DemoTableText Read(string output)
    {
        string[] lines = output.Split('\n');
        int rule = Array.FindIndex(lines, line => line.StartsWith("--", StringComparison.Ordinal));
        (int Start, int Length)[] columns = [.. Columns(lines[rule])];
        List<string[]> rows = [];
        foreach (string line in lines.Skip(rule + 1).TakeWhile(line => line.Length > 0))
        {
            string[] cells = [.. columns.Select(column => Cell(line, column.Start, column.Length))];
            if (cells[0].Length > 0)
            {
                rows.Add(cells);
            }
            else
            {
                rows[^1] = [.. rows[^1].Zip(cells, (above, cell) => $"{above} {cell}".Trim())];
            }
        }

        return new DemoTableText([.. columns.Select(column => Cell(lines[rule - 1], column.Start, column.Length))], rows);
    }

    private static IEnumerable<(int Start, int Length)> Columns(string rule)
    {
        int start = 0;
        foreach (string dashes in rule.Split("  "))
        {
            yield return (start, dashes.Length);
            start += dashes.Length + 2;
        }
    }

    private static string Cell(string line, int start, int length) =>
        start >= line.Length ? "" : line.Substring(start, Math.Min(length, line.Length - start)).Trim();
}
