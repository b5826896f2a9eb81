namespace DataResilience.Engine.Repository;

/// <summary>A backup whose manifest cannot be read in either copy.</summary>
internal sealed record DamagedBackup(string BackupId, IReadOnlyList<IntegrityProblem> Problems);
