using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>Makes schema objects of the entries of an archive. Which table each belongs to comes from the catalogs of the same snapshot.</summary>
internal sealed class ArchiveObjects
{
    private readonly RelationCatalog catalog;
    private readonly HashSet<int> known = [];
    private readonly Dictionary<int, Placement> placed = [];

    private ArchiveObjects(RelationCatalog catalog)
    {
        this.catalog = catalog;
    }

    /// <summary>Makes them, in the order of the archive.</summary>
    internal static IReadOnlyList<PlacedObject> Of(ArchiveContents contents, RelationCatalog catalog)
    {
        var objects = new ArchiveObjects(catalog);
        ArchiveEntry[] entries = [.. WithoutDatabase(contents.Entries)];
        objects.known.UnionWith(entries.Select(entry => entry.Id));
        return [.. entries.Select(objects.Place)];
    }

    /// <summary>
    /// What is of the database as a whole names it: it would be made or changed under the name that it had. Its properties hold that.
    /// </summary>
    private static IEnumerable<ArchiveEntry> WithoutDatabase(IReadOnlyList<ArchiveEntry> entries)
    {
        HashSet<int> databases = [.. entries.Where(entry => KindOf(entry) == ObjectKind.Database).Select(entry => entry.Id)];
        return entries.Where(entry =>
            !ObjectKind.IsOfDatabase(KindOf(entry)) && !(ObjectKind.FollowsBearer(KindOf(entry)) && entry.DependsOn.Any(databases.Contains)));
    }

    private static string KindOf(ArchiveEntry entry) => entry.Kind.ToLowerInvariant();

    private PlacedObject Place(ArchiveEntry entry)
    {
        string kind = KindOf(entry);
        Placement? bearer = ObjectKind.FollowsBearer(kind) && entry.DependsOn.Count > 0 ? placed.GetValueOrDefault(entry.DependsOn[0]) : null;
        RelationPart? part = catalog.FindPart(entry.Catalog);
        Relation? relation = bearer is null ? RelationOf(entry, kind, part) : bearer.Relation;
        var placement = new Placement(PhaseOf(entry, kind, bearer), PassOf(kind, bearer), relation);
        placed[entry.Id] = placement;
        return new PlacedObject(
            new SchemaObject
            {
                Id = entry.Id,
                Kind = kind,
                Schema = entry.Schema,
                // A tag has the table's name before the part's own, and nothing that would tell where one ends.
                Name = part is not null && entry.Catalog.Catalog != CatalogId.Relations ? part.Name : entry.Tag,
                Table = relation is null ? null : catalog.TableOf(relation, kind == ObjectKind.Table),
                Phase = placement.Phase,
                Definition = entry.Definition,
                Owner = entry.Owner,
                Options = OptionsOf(entry, kind, part, relation),
                DependsOn = [.. entry.DependsOn.Where(known.Contains).Distinct()],
            },
            placement.Pass);
    }

    private static SchemaPhase PhaseOf(ArchiveEntry entry, string kind, Placement? bearer) => entry.Section switch
    {
        ArchiveSection.PreData => SchemaPhase.PreData,
        // A comment is made with what it is on; privileges come at the end, whatever they are on.
        ArchiveSection.None when kind != ObjectKind.Acl => bearer?.Phase ?? SchemaPhase.PostData,
        _ => SchemaPhase.PostData,
    };

    private static SchemaPass PassOf(string kind, Placement? bearer) => kind switch
    {
        ObjectKind.Acl or ObjectKind.DefaultAcl => SchemaPass.Privileges,
        ObjectKind.EventTrigger => SchemaPass.EventTriggers,
        ObjectKind.Subscription => SchemaPass.Subscriptions,
        _ => bearer?.Pass ?? SchemaPass.Main,
    };

    /// <summary>The relation that an entry is, or is of.</summary>
    private Relation? RelationOf(ArchiveEntry entry, string kind, RelationPart? part)
    {
        // A table in a publication is the publication's: a table chosen by name would bring the publication along.
        if (kind == ObjectKind.PublicationTable)
        {
            return null;
        }

        // What attaches has no number of its own, but the schema and the name of what is attached.
        if (kind is ObjectKind.TableAttach or ObjectKind.RowSecurity)
        {
            return catalog.Find(entry.Schema, entry.Tag);
        }

        if (kind == ObjectKind.IndexAttach)
        {
            Relation? index = catalog.Find(entry.Schema, entry.Tag);
            part = index is null ? null : catalog.FindPart(CatalogId.Relation(index.Oid));
        }

        return part is not null
            ? catalog.Find(part.Relation)
            : entry.Catalog.Catalog == CatalogId.Relations ? catalog.Find(entry.Catalog.Oid) : null;
    }

    private Dictionary<string, string> OptionsOf(ArchiveEntry entry, string kind, RelationPart? part, Relation? relation)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(ObjectOption.Tablespace, entry.Tablespace);
        Add(ObjectOption.AccessMethod, entry.AccessMethod);
        Add(ObjectOption.Drop, entry.Drop.TrimEnd());
        Add(ObjectOption.References, part is { References: not 0 } ? catalog.Find(part.References)?.QualifiedName : null);
        Add(ObjectOption.RelationKind, kind == ObjectKind.Table ? relation?.Kind.ToString() : null);
        return options;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                options.Add(name, value);
            }
        }
    }

    /// <summary>When an entry is made, and the relation that it is or is of: comments on it go the same way.</summary>
    private sealed record Placement(SchemaPhase Phase, SchemaPass Pass, Relation? Relation);
}
