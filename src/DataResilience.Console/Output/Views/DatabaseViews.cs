using Spectre.Console.Rendering;

namespace DataResilience.Console.Output.Views;

/// <summary>How databases are shown to people.</summary>
internal static class DatabaseViews
{
    public static IRenderable List(IReadOnlyList<Database> databases)
    {
        Columns columns = new Columns().Text("DATABASE").Text("ENGINE").Number("TABLES").Number("SIZE").Text("OWNER").Text("SOURCE");
        foreach (Database database in databases)
        {
            columns.Row(
                database.Name, $"{database.Engine} {database.EngineVersion}", database.Tables is { } tables ? HumanText.Count(tables) : "",
                database.Size is { } size ? HumanText.Size(size) : "", database.Owner, database.Endpoint.ToString());
        }

        return columns.Build();
    }
}
