namespace DataResilience.PostgreSql;

/// <summary>What an archive of pg_dump says of a database: everything but rows.</summary>
/// <param name="Version">The version of the archive's format.</param>
/// <param name="Entries">Its table of contents, in an order in which the entries can be created.</param>
internal sealed record ArchiveContents(Version Version, IReadOnlyList<ArchiveEntry> Entries);
