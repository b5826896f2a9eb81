using DataResilience.Providers;

namespace DataResilience.Engine.Selection;

/// <summary>An object that belongs to what was chosen and cannot be made without something that was not.</summary>
/// <param name="Item">The object.</param>
/// <param name="Need">What it needs.</param>
internal sealed record DroppedObject(SchemaObject Item, SchemaObject Need)
{
    /// <summary>The sentence for the user.</summary>
    public override string ToString()
    {
        string item = NameOf(Item);
        return $"{char.ToUpperInvariant(item[0])}{item[1..]} is left out, because it needs {NameOf(Need)}, which is left out.";
    }

    private static string NameOf(SchemaObject item)
    {
        string name = item.Schema.Length == 0 || item.Table is not null ? item.Name : $"{item.Schema}.{item.Name}";
        return item switch
        {
            { Kind: "table", Table: not null } => $"the table '{(item.Schema.Length == 0 ? item.Name : $"{item.Schema}.{item.Name}")}'",
            { Table: { } table } => $"the {item.Kind} '{name}' of the table '{table}'",
            _ => $"the {item.Kind} '{name}'",
        };
    }
}
