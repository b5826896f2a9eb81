using DataResilience.Console.Terminal;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DataResilience.Console.Output.Views;

/// <summary>A table in the manner of kubectl: headings, two spaces between the columns, no lines.</summary>
internal sealed class Columns
{
    private readonly Table table = new() { Border = TableBorder.None, ShowHeaders = true };

    public Columns Text(string heading) => Add(heading, Justify.Left);

    public Columns Number(string heading) => Add(heading, Justify.Right);

    /// <summary>Adds a row. Every text is taken as it is: names are not markup.</summary>
    public Columns Row(params IEnumerable<string> cells)
    {
        table.AddRow(cells.Select(cell => new Text(VisibleText.Of(cell))));
        return this;
    }

    public IRenderable Build() => table;

    private Columns Add(string heading, Justify alignment)
    {
        var column = new TableColumn(new Text(heading, new Style(decoration: Decoration.Bold)))
        {
            Alignment = alignment,
            Padding = new Padding(0, 0, 2, 0),
        };
        table.AddColumn(column);
        return this;
    }
}
