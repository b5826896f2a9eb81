using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Packs;

/// <summary>A pack as an index lists it.</summary>
/// <param name="Id">The pack.</param>
/// <param name="Size">The size of the object in bytes.</param>
/// <param name="Class">Who can open its chunks.</param>
/// <param name="SlotId">The slot that wrote it.</param>
/// <param name="TrailerHash">The SHA-256 in its trailer, over header, content keys and chunk table.</param>
internal sealed record PackReference(ObjectId Id, long Size, PackClass Class, ObjectId SlotId, Sha256Hash TrailerHash)
{
    internal string Name => NameOf(Id);

    internal static string NameOf(ObjectId id)
    {
        string text = id.ToString();
        return $"packs/{text[..2]}/{text}";
    }
}
