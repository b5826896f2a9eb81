namespace DataResilience.PostgreSql;

/// <summary>When pg_restore makes an entry of an archive; the numbers are those of the format.</summary>
internal enum ArchiveSection
{
    /// <summary>Comments and privileges: with or after the entry they are of.</summary>
    None = 1,

    PreData = 2,

    Data = 3,

    PostData = 4,
}
