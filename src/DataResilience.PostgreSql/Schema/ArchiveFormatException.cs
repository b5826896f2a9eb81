namespace DataResilience.PostgreSql;

/// <summary>What should be an archive of pg_dump is none, or ends too early. Whoever ran pg_dump knows why and says so.</summary>
internal sealed class ArchiveFormatException : Exception
{
    public ArchiveFormatException()
    {
    }

    public ArchiveFormatException(string message)
        : base(message)
    {
    }

    public ArchiveFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
