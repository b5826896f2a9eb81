namespace DataResilience.PostgreSql;

/// <summary>What an object is called in the catalogs: the catalog it is in, and its number there. Both are 0 for what has no row of its own.</summary>
internal readonly record struct CatalogId(uint Catalog, uint Oid)
{
    // The numbers of the catalogs themselves are the same in every server.
    internal const uint Relations = 1259;
    internal const uint Constraints = 2606;
    internal const uint Defaults = 2604;
    internal const uint Rules = 2618;
    internal const uint Triggers = 2620;
    internal const uint Policies = 3256;
    internal const uint Statistics = 3381;

    internal static CatalogId Relation(uint oid) => new(Relations, oid);
}
