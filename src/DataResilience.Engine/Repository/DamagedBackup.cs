namespace DataResilience.Engine.Repository;

/// <summary>A backup whose manifest cannot be read in either copy.</summary>
/// <param name="BackupId">The backup.</param>
/// <param name="Problems">What is wrong with either copy.</param>
/// <param name="Unsupported">Set where both copies say that a newer version wrote them.</param>
internal sealed record DamagedBackup(string BackupId, IReadOnlyList<IntegrityProblem> Problems, DataResilienceException? Unsupported = null);
