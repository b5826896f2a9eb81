namespace DataResilience.Engine.Backup;

/// <summary>The figures of a backup.</summary>
/// <param name="TotalSize">Plain bytes of everything the backup refers to.</param>
/// <param name="StoredSize">Sealed bytes of everything it refers to, whoever stored it first.</param>
/// <param name="NewSize">Bytes of the packs and indexes that it added.</param>
/// <param name="Packs">Every pack it refers to.</param>
internal sealed record BackupTotals(long TotalSize, long StoredSize, long NewSize, IReadOnlyList<string> Packs);
