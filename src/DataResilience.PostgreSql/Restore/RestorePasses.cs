using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>Tells the pass of objects.</summary>
internal static class RestorePasses
{
    /// <summary>Puts objects into their passes, without those that are left out; each keeps its place among the others of its pass.</summary>
    internal static ILookup<RestorePass, SchemaObject> Of(IReadOnlyList<SchemaObject> objects, TargetOptions options)
    {
        // The database itself is made by us, under another name, and what is said of it is said at the end.
        var ofDatabase = objects.Where(item => item.Kind is ObjectKind.Database or ObjectKind.DatabaseProperties).Select(item => item.Id).ToHashSet();
        var passes = new Dictionary<int, RestorePass>();
        var placed = new List<(RestorePass Pass, SchemaObject Item)>();
        foreach (SchemaObject item in objects)
        {
            bool isOfDatabase = ofDatabase.Contains(item.Id)
                || (item.Kind is ObjectKind.Comment or ObjectKind.Acl or ObjectKind.SecurityLabel && item.DependsOn.Any(ofDatabase.Contains));
            RestorePass pass = OwnPass(item);
            if (isOfDatabase || (options.NoPrivileges && pass == RestorePass.Privileges))
            {
                continue;
            }

            if (pass != RestorePass.Privileges)
            {
                // The comment on an event trigger can come no sooner than the event trigger.
                foreach (int need in item.DependsOn)
                {
                    pass = passes.TryGetValue(need, out RestorePass other) && other > pass ? other : pass;
                }
            }

            passes[item.Id] = pass;
            placed.Add((pass, item));
        }

        return placed.ToLookup(entry => entry.Pass, entry => entry.Item);
    }

    internal static bool IsPrivilege(SchemaObject item) => OwnPass(item) == RestorePass.Privileges;

    private static RestorePass OwnPass(SchemaObject item) => item.Kind switch
    {
        ObjectKind.Acl or "acl language" or ObjectKind.DefaultAcl => RestorePass.Privileges,
        ObjectKind.Refresh or "materialized view data" => RestorePass.Refreshes,
        ObjectKind.EventTrigger or ObjectKind.Publication or ObjectKind.PublicationTable or "publication tables in schema" or ObjectKind.Subscription
            or "subscription table" => RestorePass.Last,
        _ => RestorePass.Ordinary,
    };
}
