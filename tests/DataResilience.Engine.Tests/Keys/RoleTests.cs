using System.Security.Cryptography;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Tests.Keys;

public sealed class RoleTests
{
    private static readonly ObjectId ContentKeyId = new(77);
    private static readonly byte[] ContentKey = SHA256.HashData("content key"u8);

    public static TheoryData<RepositoryRole> AllRoles => [.. Enumerable.Range(0, 8).Select(value => (RepositoryRole)value)];

    [Theory]
    [MemberData(nameof(AllRoles))]
    public async Task A_slot_can_do_what_its_roles_say_and_nothing_else(RepositoryRole roles)
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        RepositoryKeys keys = await repository.AddAsync("other", roles);
        byte[] box = Box(repository);

        Assert.Equal(roles, keys.Roles);
        Assert.Equal(repository.Keys.CatalogKey(1), keys.CatalogKey(1));
        Assert.Equal(repository.Keys.ContentPublicKey(1), keys.ContentPublicKey(1));
        Assert.True(repository.Keys.Verify(keys.SlotId, "message"u8, keys.Sign("message"u8)));
        AssertAllowed((roles & (RepositoryRole.Writer | RepositoryRole.Reader)) != RepositoryRole.Keeper, () =>
            Assert.Equal(repository.Keys.DeduplicationSecret(), keys.DeduplicationSecret()));
        AssertAllowed(roles.HasFlag(RepositoryRole.Reader), () => Assert.Equal(ContentKey, keys.OpenContentBox(1, ContentKeyId, box)));
        AssertAllowed(roles.HasFlag(RepositoryRole.Admin), () =>
            Assert.True(repository.Keys.Verify(ObjectId.Zero, "message"u8, keys.SignAsAdmin("message"u8))));
    }

    [Theory]
    [MemberData(nameof(AllRoles))]
    public async Task The_keyring_seals_to_a_slot_nothing_beyond_its_roles(RepositoryRole roles)
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        await repository.AddAsync("other", roles);
        KeyringSlot slot = repository.Keys.Keyring.FindSlot("other")!;

        Assert.Equal(roles.HasFlag(RepositoryRole.Reader), slot.Content.Count > 0);
        Assert.Equal(roles.HasFlag(RepositoryRole.Admin), slot.Admin is not null);
        Assert.Equal((roles & (RepositoryRole.Writer | RepositoryRole.Reader)) != RepositoryRole.Keeper, slot.Deduplication.Count > 0);
    }

    [Fact]
    public async Task A_content_box_is_bound_to_its_repository_generation_and_content_key()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        RepositoryKeys writer = await repository.AddAsync("writer", RepositoryRole.Writer);
        byte[] box = Box(repository);
        await repository.RemoveAsync(writer.SlotId);

        Assert.Equal(ContentKey, repository.Keys.OpenContentBox(1, ContentKeyId, box));
        Assert.ThrowsAny<CryptographicException>(() => repository.Keys.OpenContentBox(2, ContentKeyId, box));
        Assert.ThrowsAny<CryptographicException>(() => repository.Keys.OpenContentBox(3, ContentKeyId, box));
        Assert.ThrowsAny<CryptographicException>(() => repository.Keys.OpenContentBox(1, new ObjectId(78), box));
        KeyedRepository other = await KeyedRepository.FoundAsync();
        Assert.ThrowsAny<CryptographicException>(() => other.Keys.OpenContentBox(1, ContentKeyId, box));
    }

    [Fact]
    public async Task Boxes_given_to_the_wrong_slot_or_place_do_not_open()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        SlotCredential credential = KeyedRepository.KeyFileCredential();
        RepositoryKeys reader = await repository.AddAsync("reader", RepositoryRole.Reader, credential);
        Keyring keyring = repository.Keys.Keyring;
        KeyringSlot owner = keyring.FindSlot("owner")!;
        KeyringSlot own = keyring.FindSlot("reader")!;
        SlotSecrets secrets = Secrets(repository, reader.SlotId, credential);

        Assert.Equal(reader.CatalogKey(1), RepositoryKeys.Unlock(keyring, own, secrets).CatalogKey(1));
        AssertClosed(own with { Catalog = owner.Catalog });
        AssertClosed(own with { Catalog = own.Deduplication });
        AssertClosed(own with { Content = own.Catalog });
        AssertClosed(own with { Admin = owner.Admin });
        AssertClosed(own with { Catalog = new() { [1] = own.Catalog[1], [2] = own.Catalog[1] } });
        AssertClosed(own with { SigningKey = owner.SigningKey });
        AssertClosed(own with { EncryptionKey = owner.EncryptionKey });
        AssertClosed(own with { Id = owner.Id });

        void AssertClosed(KeyringSlot slot) => Refusal.Of(Errors.ObjectDamaged, () => RepositoryKeys.Unlock(keyring, slot, secrets));
    }

    [Fact]
    public async Task Nothing_is_done_with_keys_that_were_disposed_of()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        RepositoryKeys keys = repository.Keys;

        keys.Dispose();

        Assert.Throws<ObjectDisposedException>(() => keys.CatalogKey(1));
        Assert.Throws<ObjectDisposedException>(() => keys.DeduplicationSecret());
        Assert.Throws<ObjectDisposedException>(() => keys.Sign([]));
        Assert.Throws<ObjectDisposedException>(() => keys.SignAsAdmin([]));
        Assert.Throws<ObjectDisposedException>(() => keys.Renew(keys.Keyring));
    }

    [Fact]
    public async Task Keys_serve_many_threads()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        byte[] box = Box(repository);

        await Parallel.ForAsync(0, 200, KeyedRepository.Token, (number, _) =>
        {
            byte[] message = BitConverter.GetBytes(number);
            Assert.True(repository.Keys.Verify(repository.Keys.SlotId, message, repository.Keys.Sign(message)));
            Assert.Equal(ContentKey, repository.Keys.OpenContentBox(1, ContentKeyId, box));
            return ValueTask.CompletedTask;
        });
    }

    private static byte[] Box(KeyedRepository repository) => SealedBox.Seal(
        ContentKey, repository.Keys.ContentPublicKey(1), new BoxContext(BoxPurpose.Pack, repository.Keys.RepositoryId, 1, ContentKeyId));

    private static SlotSecrets Secrets(KeyedRepository repository, ObjectId slotId, SlotCredential credential)
    {
        string name = KeyObjectNames.Slot(slotId);
        SlotFile file = SlotFile.Read(name, repository.Store.Content(name), repository.Keys.RepositoryId);
        using SlotWrapping wrapping = credential.WrapByKeyFile(file.Salt);
        return file.TryOpen(wrapping)!;
    }

    private static void AssertAllowed(bool isAllowed, Action action)
    {
        if (isAllowed)
        {
            action();
        }
        else
        {
            Refusal.Of(Errors.RoleRequired, action);
        }
    }
}
