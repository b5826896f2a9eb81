using System.Security.Cryptography;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Packs;

/// <summary>Makes and opens the content keys of packs (docs/repository-format.md, 6).</summary>
internal static class PackKeys
{
    /// <summary>
    /// A key for a new pack. In class 1 it is random and sealed to the content public key at once, so that nobody but a Reader gets
    /// it back, the writer included; in class 2 it comes from the catalog key.
    /// </summary>
    internal static (PackContentKey Entry, byte[] Key) New(IRepositoryKeys keys, IRandomSource random, PackClass packClass)
    {
        ObjectId id = ObjectId.New(random);
        if (packClass == PackClass.Catalog)
        {
            return (new PackContentKey(id, keys.Generation, default), CatalogPackKey(keys, keys.Generation, id));
        }

        byte[] key = new byte[KeyDerivation.KeyBytes];
        random.Fill(key);
        var context = new BoxContext(BoxPurpose.Pack, keys.RepositoryId, keys.Generation, id);
        byte[] box = SealedBox.Seal(key, keys.ContentPublicKey(keys.Generation), context);
        return (new PackContentKey(id, keys.Generation, box), key);
    }

    /// <exception cref="CryptographicException">It does not open.</exception>
    /// <exception cref="DataResilienceException"><c>RoleRequired</c>.</exception>
    internal static byte[] Open(IRepositoryKeys keys, PackContentKey entry, PackClass packClass)
    {
        if (entry.Generation == 0 || entry.Generation > keys.Generation)
        {
            throw new CryptographicException($"a content key states the generation {entry.Generation}");
        }

        return packClass == PackClass.Catalog
            ? CatalogPackKey(keys, entry.Generation, entry.Id)
            : keys.OpenContentBox(entry.Generation, entry.Id, entry.Box.Span);
    }

    /// <summary>Whether these keys open chunks of a class.</summary>
    internal static bool CanOpen(IRepositoryKeys keys, PackClass packClass) =>
        packClass == PackClass.Catalog || keys.Roles.HasFlag(RepositoryRole.Reader);

    private static byte[] CatalogPackKey(IRepositoryKeys keys, uint generation, ObjectId contentKeyId)
    {
        byte[] catalogKey = keys.CatalogKey(generation);
        byte[] key = KeyDerivation.Derive(catalogKey, contentKeyId.ToArray(), "DataResilience/1 catalog pack");
        CryptographicOperations.ZeroMemory(catalogKey);
        return key;
    }
}
