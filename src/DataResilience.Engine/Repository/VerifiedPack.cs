using DataResilience.Engine.Packs;

namespace DataResilience.Engine.Repository;

/// <summary>A pack that a Reader opened whole: its id alone would let the store put another pack of the same slot in its place.</summary>
/// <param name="Id">The pack.</param>
/// <param name="Sha256">The SHA-256 in its trailer, which covers header, content keys and chunk table.</param>
internal sealed record VerifiedPack(string Id, string Sha256)
{
    internal static VerifiedPack Of(PackReference pack) => new(pack.Id.ToString(), pack.TrailerHash.ToString());
}
