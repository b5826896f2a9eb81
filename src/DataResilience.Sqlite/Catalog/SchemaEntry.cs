namespace DataResilience.Sqlite;

/// <summary>A row of sqlite_schema that has a definition.</summary>
/// <param name="Id">Its number in the order of creation, from 1.</param>
/// <param name="Type">table, index, view or trigger.</param>
/// <param name="Name">Its name.</param>
/// <param name="Table">The table or view it belongs to.</param>
/// <param name="Sql">Its definition.</param>
internal sealed record SchemaEntry(int Id, string Type, string Name, string Table, string Sql)
{
    internal bool IsTable => Type == "table";

    internal bool IsVirtual => IsTable && VirtualTable.IsDefinition(Sql);
}
