namespace DataResilience.Engine.Repository;

/// <summary>A running operation (docs/repository-format.md, 5.5).</summary>
internal sealed record LockRecord
{
    public required string Operation { get; init; }

    /// <summary>Engine, server and database.</summary>
    public required string Subject { get; init; }

    public required string Host { get; init; }

    public required int Process { get; init; }

    public required DateTimeOffset ProcessStart { get; init; }

    public required string BackupId { get; init; }
}
