using System.Globalization;
using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>The sequences of MariaDB, which defaults of tables may count by.</summary>
internal sealed class Sequences(ServerSession session, TableCatalog catalog, SchemaAssembly schema)
{
    private string[] Names => [.. catalog.All.Where(table => table.IsSequence).Select(table => table.Name)];

    internal async Task AddAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> definitions = await ShowCreate.ReadAsync(session, "SEQUENCE", Names, row => row.GetString(1), cancellationToken);
        foreach ((string name, string definition) in Names.Zip(definitions))
        {
            schema.Add(new NewObject(ObjectKind.Sequence, name, SchemaPhase.PreData, definition));
        }
    }

    /// <summary>Adds the values that they go on from: what is kept at hand and was not given out is passed over, as after a restart of the server.</summary>
    internal async Task AddValuesAsync(CancellationToken cancellationToken)
    {
        foreach (string name in Names)
        {
            string sequence = SqlText.Name(name);
            IReadOnlyList<string> values = await session.QueryAsync(
                $"SELECT next_not_cached_value, cycle_count FROM {sequence}",
                row => string.Create(CultureInfo.InvariantCulture, $"SELECT SETVAL({sequence}, {row.GetValue(0)}, 0, {row.GetValue(1)})"),
                cancellationToken);
            schema.Add(new NewObject(ObjectKind.SequenceValue, name, SchemaPhase.PostData, values[0]) { DependsOn = schema.Find(name, ObjectKind.Sequence) });
        }
    }
}
