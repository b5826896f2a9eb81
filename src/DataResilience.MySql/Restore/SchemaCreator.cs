using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>
/// Creates objects in the database that is being restored: tables and their keys for good; what is code there too, to prove that it
/// can be created, and where the tables are renamed to another database once more in that.
/// </summary>
internal sealed class SchemaCreator(RestoreSessions sessions, ObjectCreator creator, TargetOptions options, bool isBeside)
{
    private static readonly HashSet<string> Code = new(StringComparer.Ordinal)
    {
        ObjectKind.View, ObjectKind.Trigger, ObjectKind.Function, ObjectKind.Procedure, ObjectKind.Package, ObjectKind.PackageBody, ObjectKind.Library,
    };

    private readonly TableChoice choice = new(options);
    private readonly List<SchemaObject> late = [];

    /// <summary>What is created when everything else is in place: of a database beside the target all code, with the rights on it, and always events.</summary>
    internal IReadOnlyList<SchemaObject> Late => [.. late.Where(item => !IsLast(item)), .. late.Where(IsLast)];

    internal async Task CreateAsync(IReadOnlyList<SchemaObject> objects, CancellationToken cancellationToken)
    {
        // Accounts are the server's, and made before anything of the database.
        SchemaObject[] own = [.. objects.Where(item => item.Kind != ObjectKind.User && (item.Kind != ObjectKind.Grant || !options.NoPrivileges))];
        late.AddRange(own.Where(IsLate));
        SchemaObject[] now = [.. own.Where(IsNow)];
        foreach (SchemaObject item in now.Where(item => item.Kind is not (ObjectKind.Index or ObjectKind.ForeignKey) && !IsOrdered(item)))
        {
            await OneAsync(item, cancellationToken);
        }

        await IndexAsync(now.Where(item => item.Kind == ObjectKind.Index), cancellationToken);
        await ReferAsync(now.Where(item => item.Kind == ObjectKind.ForeignKey), cancellationToken);
        foreach (SchemaObject item in now.Where(IsOrdered))
        {
            await OneAsync(item, cancellationToken);
        }
    }

    /// <summary>To make a view on a view, the server asks whether the other one's definer may read it.</summary>
    private static bool IsOrdered(SchemaObject item) => Code.Contains(item.Kind) || item.Kind == ObjectKind.Grant;

    private static bool IsLast(SchemaObject item) => item.Kind == ObjectKind.Event;

    /// <summary>A view of a database that gets only a part may need what is in the target alone.</summary>
    private bool IsNow(SchemaObject item) => !IsLast(item) && !IsOutside(item)
        && (!isBeside || (item.Kind != ObjectKind.Grant && (!options.IsPartial || !Code.Contains(item.Kind) || item.Kind == ObjectKind.Trigger)));

    private bool IsLate(SchemaObject item) => IsLast(item) || IsOutside(item) || (isBeside && (Code.Contains(item.Kind) || item.Kind == ObjectKind.Grant));

    private bool IsOutside(SchemaObject item) => isBeside && options.IsPartial && choice.LeadsOutside(item);

    private Task OneAsync(SchemaObject item, CancellationToken cancellationToken) =>
        sessions.UseAsync(session => creator.CreateAsync(session, item, isOurs: true, cancellationToken, isProof: isBeside), cancellationToken);

    /// <summary>All indexes of a table in one pass, several tables at once. InnoDB builds only one FULLTEXT index at a time (1795).</summary>
    private async Task IndexAsync(IEnumerable<SchemaObject> indexes, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = sessions.Most, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(indexes.GroupBy(item => item.Table!, StringComparer.Ordinal), parallel, async (table, token) =>
        {
            SchemaObject[] ordinary = [.. table.Where(item => !IsFullText(item))];
            IEnumerable<SchemaObject[]> passes = [.. ordinary.Length > 0 ? new[] { ordinary } : [], .. table.Where(IsFullText).Select(item => new[] { item })];
            foreach (SchemaObject[] pass in passes)
            {
                await sessions.UseAsync(session => creator.AlterAsync(session, pass, token), token);
            }
        });
    }

    /// <summary>The session does not check foreign keys, so no row is read; what does not hold is looked for afterwards.</summary>
    private async Task ReferAsync(IEnumerable<SchemaObject> keys, CancellationToken cancellationToken)
    {
        foreach (IGrouping<string, SchemaObject> table in keys.GroupBy(item => item.Table!, StringComparer.Ordinal))
        {
            SchemaObject[] inside = [.. table.Where(item => !choice.LeadsOutside(item))];
            if (inside.Length > 0)
            {
                await sessions.UseAsync(session => creator.AlterAsync(session, inside, cancellationToken), cancellationToken);
            }

            foreach (SchemaObject item in table.Where(choice.LeadsOutside))
            {
                await sessions.UseAsync(session => creator.TryAlterAsync(session, item, cancellationToken), cancellationToken);
            }
        }
    }

    private static bool IsFullText(SchemaObject item) =>
        item.Options[ObjectOption.Clause].TrimStart().StartsWith("FULLTEXT", StringComparison.OrdinalIgnoreCase);
}
