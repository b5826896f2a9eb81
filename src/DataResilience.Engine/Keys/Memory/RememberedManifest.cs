namespace DataResilience.Engine.Keys.Memory;

/// <summary>A manifest that was seen.</summary>
/// <param name="BackupId">Its backup.</param>
/// <param name="Sha256">SHA-256 of its object.</param>
internal sealed record RememberedManifest(string BackupId, string Sha256);
