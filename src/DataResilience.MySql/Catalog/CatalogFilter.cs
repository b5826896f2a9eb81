namespace DataResilience.MySql;

/// <summary>Conditions of queries on the catalog.</summary>
internal static class CatalogFilter
{
    /// <summary>
    /// What is in a database. MariaDB compares names of databases there without case, and shows triggers and events of a database
    /// whose name differs by it too.
    /// </summary>
    /// <param name="column">The column with the database's name.</param>
    /// <param name="database">The name as the server spells it.</param>
    internal static string IsIn(string column, string database)
    {
        string name = SqlText.Value(database);
        return $"{column} = {name} AND (@@lower_case_table_names <> 0 OR CAST({column} AS BINARY) = CAST({name} AS BINARY))";
    }
}
