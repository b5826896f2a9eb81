namespace DataResilience.Engine.Repository;

/// <summary>Which part of how many a manifest is, for backups that several machines take together.</summary>
internal sealed record ManifestPart(int Number, int Of);
