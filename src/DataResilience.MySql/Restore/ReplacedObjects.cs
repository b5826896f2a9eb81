using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>What a target has that a restore replaces.</summary>
internal sealed class ReplacedObjects
{
    // Names are of one kind where two of them cannot be the same.
    private static readonly HashSet<string> Code = new(StringComparer.Ordinal)
    {
        ObjectKind.View, ObjectKind.Trigger, ObjectKind.Function, ObjectKind.Procedure, ObjectKind.Package, ObjectKind.PackageBody, ObjectKind.Library, ObjectKind.Event,
    };

    private readonly IReadOnlyList<SchemaObject> kept;

    private ReplacedObjects(IReadOnlyList<string> tables, IReadOnlyList<SchemaObject> dropped, IReadOnlyList<SchemaObject> kept, string definition)
    {
        this.kept = kept;
        Tables = tables;
        Dropped = dropped;
        Definition = definition;
    }

    /// <summary>The tables, and sequences, that are moved out.</summary>
    internal IReadOnlyList<string> Tables { get; }

    /// <summary>What is dropped, in the order of dropping.</summary>
    internal IReadOnlyList<SchemaObject> Dropped { get; }

    /// <summary>What ALTER DATABASE is given to make the default collation what it is.</summary>
    internal string Definition { get; }

    /// <summary>Reads what there is.</summary>
    /// <exception cref="DataResilienceException"><c>TargetTableExists</c> where a table came up that was not to be replaced.</exception>
    internal static async Task<ReplacedObjects> ReadAsync(ServerSession session, RestoreSetting setting, TableChoice choice, CancellationToken cancellationToken)
    {
        TargetOptions options = setting.Options;
        PresentTables present = await PresentTables.ReadAsync(session, setting.Target.Database, cancellationToken);
        string[] tables = options.IsPartial ? [.. choice.Made.Where(present.Has)] : [.. present.Movable];
        if (!options.Replace && tables.Length > 0)
        {
            throw Errors.TargetTableExists.Create(setting.Target, tables[0]);
        }

        DatabaseSchema schema = await new SchemaReader(session, new SnapshotOptions(1, options.LockTimeout)).ReadAsync(cancellationToken);
        SchemaObject[] code = [.. schema.Objects.Where(item => Code.Contains(item.Kind))];
        bool IsDropped(SchemaObject item) =>
            !options.IsPartial || (item.Kind == ObjectKind.Trigger && item.Table is { } table && tables.Contains(table));
        return new ReplacedObjects(
            tables,
            [.. code.Where(IsDropped).Reverse()],
            [.. code.Where(item => !IsDropped(item))],
            new SourceDatabase(schema.Properties).Definition(session.Version));
    }

    /// <summary>Whether an object of a restore is there and is not replaced.</summary>
    internal bool Keeps(SchemaObject item) =>
        item.Kind != ObjectKind.Trigger && kept.Any(other => other.Kind == item.Kind && string.Equals(other.Name, item.Name, StringComparison.OrdinalIgnoreCase));
}
