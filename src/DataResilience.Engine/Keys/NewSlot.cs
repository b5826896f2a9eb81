using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Keys;

/// <summary>A slot that is being made: its object, and its entry in the keyring.</summary>
internal sealed record NewSlot(KeyringSlot Listed, SlotFile File, SlotSecrets Secrets)
{
    internal KeyObject[] Objects => KeyObject.Twice(KeyObjectNames.Slot(Listed.Id), File.Bytes.ToArray());

    /// <param name="repositoryId">The repository.</param>
    /// <param name="roles">What it may do.</param>
    /// <param name="created">When.</param>
    /// <param name="repository">The repository's keys, of which its roles give it some.</param>
    /// <param name="wrapping">What wraps it.</param>
    /// <param name="random">Where its id comes from; its key pairs come from the operating system.</param>
    internal static NewSlot Make(
        ObjectId repositoryId, RepositoryRole roles, DateTimeOffset created, RepositorySecrets repository, SlotWrapping wrapping, IRandomSource random)
    {
        var id = ObjectId.New(random);
        P256KeyPair encryption = P256KeyPair.Generate();
        P256KeyPair signing = P256KeyPair.Generate();
        var secrets = new SlotSecrets(encryption.PrivateKey, signing.PrivateKey);
        SlotFile file = SlotFile.Seal(repositoryId, id, secrets, wrapping);
        KeyBoxes boxes = repository.SealTo(id, encryption.PublicKey, roles, repositoryId);
        var listed = new KeyringSlot
        {
            Id = id,
            Roles = roles,
            Created = created,
            Protection = wrapping.Protection,
            File = Hexadecimal.Sha256Of(file.Bytes),
            EncryptionKey = encryption.PublicKey,
            SigningKey = signing.PublicKey,
            Catalog = boxes.Catalog,
            Deduplication = boxes.Deduplication,
            Content = boxes.Content,
            Admin = boxes.Admin,
        };
        return new NewSlot(listed, file, secrets);
    }
}
