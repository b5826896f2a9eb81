namespace DataResilience.PostgreSql;

/// <summary>One entry of an archive's table of contents, as pg_dump wrote it.</summary>
internal sealed record ArchiveEntry
{
    /// <summary>Its number in the archive, unique there.</summary>
    public required int Id { get; init; }

    public required CatalogId Catalog { get; init; }

    /// <summary>What it is called: a name, a signature, or a table's name and its own.</summary>
    public required string Tag { get; init; }

    /// <summary>What it is, in capitals: TABLE, FK CONSTRAINT.</summary>
    public required string Kind { get; init; }

    public required ArchiveSection Section { get; init; }

    public required string Definition { get; init; }

    public required string Drop { get; init; }

    /// <summary>The schema it is in; empty for what is in none.</summary>
    public required string Schema { get; init; }

    public required string Tablespace { get; init; }

    public required string AccessMethod { get; init; }

    public required string Owner { get; init; }

    /// <summary>The numbers of the entries it needs.</summary>
    public required IReadOnlyList<int> DependsOn { get; init; }
}
