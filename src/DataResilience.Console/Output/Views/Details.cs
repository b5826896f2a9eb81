using DataResilience.Console.Terminal;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DataResilience.Console.Output.Views;

/// <summary>One object: a line for each of its properties.</summary>
internal sealed class Details
{
    private readonly Grid grid = new();

    public Details()
    {
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
    }

    public Details Line(string name, string value)
    {
        grid.AddRow(new Text(name, new Style(decoration: Decoration.Dim)), new Text(VisibleText.Of(value)));
        return this;
    }

    /// <summary>Adds a line only where there is something to say.</summary>
    public Details LineIfAny(string name, string value) => value.Length == 0 ? this : Line(name, value);

    public IRenderable Build() => grid;
}
