namespace DataResilience.Engine.Repository;

/// <summary>A manifest that was seen, by the hash of its object.</summary>
internal sealed record SeenManifest(string BackupId, string Sha256);
