using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Repository;

/// <summary>A manifest whose signature was verified.</summary>
/// <param name="Manifest">What it says.</param>
/// <param name="Sha256">SHA-256 of the object.</param>
/// <param name="Signer">The slot that signed it.</param>
/// <param name="IsRevoked">The slot was removed, and this manifest is not among those that count on: there is no such backup.</param>
internal sealed record SignedManifest(Manifest Manifest, string Sha256, ObjectId Signer, bool IsRevoked);
