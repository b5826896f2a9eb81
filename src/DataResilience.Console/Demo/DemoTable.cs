using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DataResilience.Console.Output;
using DataResilience.Console.Terminal;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DataResilience.Console.Demo;

/// <summary>The table of the demo, made row by row: the widths of its columns do not depend on what comes.</summary>
internal sealed partial class DemoTable
{
    private const int MostColumns = 100;
    private const int LeastColumns = 50;
    private const int NumberColumns = 2;
    private const int TimeColumns = 6;
    private const int CheckColumns = 6;
    private const int Gap = 2;

    private readonly int[] widths;

    /// <summary>Makes a table.</summary>
    /// <param name="columns">How many there are; null where nothing limits them.</param>
    public DemoTable(int? columns)
    {
        // The last column of a terminal is left free: some begin a new line by themselves after it.
        int all = Math.Clamp((columns ?? MostColumns + 1) - 1, LeastColumns, MostColumns);
        int words = all - NumberColumns - TimeColumns - CheckColumns - (4 * Gap);
        int title = Math.Min(26, words / 3);
        widths = [NumberColumns, title, words - title, TimeColumns, CheckColumns];
    }

    public IRenderable Head()
    {
        Table table = Empty();
        var bold = new Style(decoration: Decoration.Bold);
        table.AddRow(new Text("#", bold), new Text("STEP", bold), new Text("FIGURES", bold), new Text("TIME", bold), new Text("CHECK", bold));
        table.AddRow(widths.Select(width => new Text(new string('-', width))));
        return table;
    }

    public IRenderable Row(DemoStep step)
    {
        Table table = Empty();
        table.AddRow(
            new Text(step.Step.ToString(CultureInfo.InvariantCulture)),
            new Text(Wrapped(step.Title, widths[1])),
            new Text(Wrapped(VisibleText.OfLines(step.Outcome), widths[2])),
            new Text(HumanText.Duration(step.Duration)),
            step.IsAsExpected ? new Text("ok", new Style(Color.Green)) : new Text("FAILED", new Style(Color.Red)));
        return table;
    }

    /// <summary>Wraps by words, but leaves a number with its unit.</summary>
    private static string Wrapped(string text, int columns)
    {
        var wrapped = new StringBuilder();
        int used = 0;
        foreach (string word in BetweenWords().Split(text))
        {
            bool fits = used + 1 + word.Length <= columns;
            wrapped.Append(used == 0 ? "" : fits ? " " : "\n").Append(word);
            used = (fits && used > 0 ? used + 1 : 0) + word.Length;
        }

        return wrapped.ToString();
    }

    [GeneratedRegex(@"(?<!\d)\s+")]
    private static partial Regex BetweenWords();

    private Table Empty()
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        foreach ((int index, int width) in widths.Index())
        {
            bool isRight = index is 0 or 3;
            table.AddColumn(new TableColumn("")
            {
                Width = width,
                Padding = new Padding(0, 0, index == widths.Length - 1 ? 0 : Gap, 0),
                Alignment = isRight ? Justify.Right : Justify.Left,
            });
        }

        return table;
    }
}
