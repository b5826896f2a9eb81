using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Repository;

/// <summary>A manifest whose signature was verified.</summary>
internal sealed record SignedManifest(Manifest Manifest, string Sha256, ObjectId Signer);
