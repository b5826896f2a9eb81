using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>Creates the objects of a new database, phase by phase and pass by pass.</summary>
internal sealed class SchemaCreator(RestoreSessions sessions, TargetOptions options)
{
    private readonly ObjectCreator creator = new(options, isLive: false);
    private readonly List<SchemaObject> postponed = [];

    // Privileges are given when the last objects are there, and there may be none after the rows.
    private readonly SchemaPhase lastPhase =
        options.Objects.Any(item => item.Phase == SchemaPhase.PostData) ? SchemaPhase.PostData : SchemaPhase.PreData;

    /// <summary>What was left out, for the user.</summary>
    internal IReadOnlyList<string> Warnings => creator.Warnings;

    internal async Task CreateAsync(IReadOnlyList<SchemaObject> objects, CancellationToken cancellationToken)
    {
        if (objects.Count == 0)
        {
            return;
        }

        SchemaPhase phase = objects[0].Phase;
        ILookup<RestorePass, SchemaObject> passes = RestorePasses.Of([.. postponed, .. objects], options);
        postponed.Clear();
        if (phase == SchemaPhase.PreData)
        {
            await OneByOneAsync(WithRightsOnSchemas([.. passes[RestorePass.Ordinary]]), cancellationToken);
        }
        else
        {
            await AtOnceAsync(passes[RestorePass.Ordinary], cancellationToken);
        }

        if (phase != lastPhase)
        {
            postponed.AddRange(passes[RestorePass.Privileges]);
            postponed.AddRange(passes[RestorePass.Refreshes]);
            postponed.AddRange(passes[RestorePass.Last]);
            return;
        }

        // Two statements that change the privileges of one object at the same time fail.
        await OneByOneAsync(passes[RestorePass.Privileges], cancellationToken);
        await AtOnceAsync(passes[RestorePass.Refreshes], cancellationToken);
        await OneByOneAsync(passes[RestorePass.Last], cancellationToken);
    }

    /// <summary>
    /// Who owns a table must be allowed to create it in its schema, unless a superuser gives it to them: the rights on a schema come with
    /// it, those on one that was there first of all. They are given once more with all others.
    /// </summary>
    private IEnumerable<SchemaObject> WithRightsOnSchemas(SchemaObject[] objects)
    {
        HashSet<int> schemas = [.. objects.Where(item => item.Kind == "schema").Select(item => item.Id)];
        ILookup<int, SchemaObject> bySchema = options.Objects
            .Where(item => !options.NoPrivileges && item.Kind == ObjectKind.Acl && item.Name.StartsWith("SCHEMA ", StringComparison.Ordinal))
            .ToLookup(item => item.DependsOn.FirstOrDefault(schemas.Contains));
        return bySchema[0].Concat(objects.SelectMany(item => bySchema[item.Id].Prepend(item)));
    }

    private Task OneByOneAsync(IEnumerable<SchemaObject> objects, CancellationToken cancellationToken) =>
        sessions.UseAsync(session => creator.CreateAsync(session, objects, cancellationToken), cancellationToken);

    private async Task AtOnceAsync(IEnumerable<SchemaObject> objects, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, string> families =
            await sessions.UseAsync(session => TableFamilies.ReadAsync(session, cancellationToken), cancellationToken);
        await new ParallelObjects(sessions, creator, new ObjectLocks(families)).CreateAsync(objects, cancellationToken);
    }
}
