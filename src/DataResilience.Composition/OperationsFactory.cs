using DataResilience.Engine.ObjectStores;
using DataResilience.Engine.Operations;
using DataResilience.MySql;
using DataResilience.PostgreSql;
using DataResilience.Sqlite;

namespace DataResilience.Composition;

/// <summary>The one place that knows every provider.</summary>
public static class OperationsFactory
{
    /// <summary>Makes the operations with every provider of this build.</summary>
    /// <returns>The operations; one set serves a whole process.</returns>
    public static IOperations Create() => EngineOperations.Create(new EngineServices
    {
        DatabaseProviders = [new SqliteProvider(), new PostgreSqlProvider(), new MySqlProvider()],
        StoreProviders = [new LocalObjectStoreProvider()],
    });
}
