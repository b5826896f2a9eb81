using System.Buffers.Binary;
using DataResilience.Engine.Packs;
using DataResilience.Engine.Sealing;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Verification;

/// <summary>Every part of every object of a repository, told by the names and the trailers alone.</summary>
internal static class Places
{
    private const int TrailerBytes = 128;
    private const int IndexHeadBytes = 92;
    private const int KeyCountOffset = 66;

    internal static ILookup<string, Place> Of(InMemoryObjectStore store, string deletedBackup) =>
        store.Names.SelectMany(name => Parts(name, store.Content(name), deletedBackup)).ToLookup(place => place.Kind, StringComparer.Ordinal);

    /// <summary>The id at the end of the name of a pack, an index or a slot.</summary>
    internal static ObjectId IdOf(string name)
    {
        Assert.True(ObjectId.TryParse(name.AsSpan(name.LastIndexOf('/') + 1), out ObjectId id), name);
        return id;
    }

    private static IEnumerable<Place> Parts(string name, byte[] content, string deletedBackup)
    {
        bool isCopy = name.StartsWith("copies/", StringComparison.Ordinal);
        string original = isCopy ? name["copies/".Length..] : name;
        string kind = original.Split('/')[0] switch
        {
            "repository.json" => "repository.json",
            "keyring" => "keyring",
            "keys" => "slot",
            "packs" => "pack",
            "index" => "index",
            "backups" => original.EndsWith(deletedBackup, StringComparison.Ordinal) ? "deleted manifest" : "manifest",
            "deletions" => "tombstone",
            "verifications" => "verification",
            "locks" => "lock",
            _ => throw new InvalidOperationException($"'{name}' is of no kind."),
        };
        return kind switch
        {
            "pack" => PackParts(name, content),
            "index" => Framed(kind, name, content, IndexHeadBytes, "pages", "directory"),
            _ => [new Place(isCopy ? $"{kind}, copy" : kind, name, 0, content.Length)],
        };
    }

    private static IEnumerable<Place> PackParts(string name, byte[] content)
    {
        string kind = content[64] == (byte)PackClass.Content ? "content pack" : "catalog pack";
        int keyBytes = content[64] == (byte)PackClass.Content ? 133 : 20;
        int firstChunk = PackHeader.Size + (keyBytes * BinaryPrimitives.ReadUInt16LittleEndian(content.AsSpan(KeyCountOffset)));
        yield return new Place($"{kind}: content keys", name, PackHeader.Size, firstChunk - PackHeader.Size);
        foreach (Place place in Framed(kind, name, content, firstChunk, "chunks", "chunk table"))
        {
            yield return place.Kind.EndsWith("header", StringComparison.Ordinal) ? place with { Length = PackHeader.Size } : place;
        }
    }

    private static IEnumerable<Place> Framed(string kind, string name, byte[] content, int headBytes, string body, string table)
    {
        int trailer = content.Length - TrailerBytes;
        int tableOffset = (int)BinaryPrimitives.ReadUInt64LittleEndian(content.AsSpan(trailer));
        yield return new Place($"{kind}: header", name, 0, headBytes);
        yield return new Place($"{kind}: {body}", name, headBytes, tableOffset - headBytes);
        yield return new Place($"{kind}: {table}", name, tableOffset, trailer - tableOffset);
        yield return new Place($"{kind}: trailer", name, trailer, TrailerBytes);
    }
}
