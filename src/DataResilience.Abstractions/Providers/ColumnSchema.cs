namespace DataResilience.Providers;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name, unquoted.</param>
/// <param name="Type">Its type as declared; empty where none is.</param>
/// <param name="Encoding">How its values stand in a row, by the provider's own name; empty means the engine's usual way.</param>
public sealed record ColumnSchema(string Name, string Type, string Encoding = "");
