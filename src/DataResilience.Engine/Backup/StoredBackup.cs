using DataResilience.Engine.Repository;

namespace DataResilience.Engine.Backup;

/// <summary>What was stored of a backup, durable and indexed: all that its manifest needs.</summary>
internal sealed record StoredBackup(IReadOnlyList<ManifestTable> Tables, IReadOnlyList<string> Schema, BackupTotals Totals);
