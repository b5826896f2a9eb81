using DataResilience.Engine.Keys;
using DataResilience.Engine.Sealing;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Keys;

public sealed class KeyringEditorTests
{
    [Fact]
    public async Task An_added_slot_is_listed_by_its_name_and_opens_all_generations()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        RepositoryKeys first = await repository.AddAsync("first", RepositoryRole.Reader);
        await repository.RemoveAsync(first.SlotId);

        RepositoryKeys second = await repository.AddAsync("second", RepositoryRole.Reader);

        Assert.Equal(["owner", "second"], second.Keyring.Slots.Select(slot => second.Keyring.NameOf(slot.Id)));
        Assert.Equal(4u, second.Keyring.Number);
        foreach (uint generation in new uint[] { 1, 2 })
        {
            Assert.Equal(repository.Keys.CatalogKey(generation), second.CatalogKey(generation));
            byte[] box = SealedBox.Seal(
                new byte[32], second.ContentPublicKey(generation), new BoxContext(BoxPurpose.Pack, second.RepositoryId, generation, new ObjectId(5)));
            Assert.Equal(new byte[32], second.OpenContentBox(generation, new ObjectId(5), box));
        }
    }

    [Fact]
    public async Task Names_are_unique_and_sealed()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        await repository.AddAsync("nightly backups", RepositoryRole.Writer);

        foreach (string name in new[] { "Owner", "nightly backups", "", " ", repository.Keys.SlotId.ToString() })
        {
            await Refusal.OfAsync(Errors.ArgumentInvalid, () => repository.AddAsync(name, RepositoryRole.Writer));
        }

        Assert.All(repository.Store.Names, name =>
            Assert.False(repository.Store.Content(name).AsSpan().IndexOf("nightly"u8) >= 0, name));
    }

    [Fact]
    public async Task Only_an_admin_changes_keys_and_gives_away_only_what_it_has()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        RepositoryKeys reader = await repository.AddAsync("reader", RepositoryRole.Reader);
        RepositoryKeys admin = await repository.AddAsync("admin", RepositoryRole.Admin);

        Refusal.Of(Errors.RoleRequired, () => Editor(reader).Add("x", RepositoryRole.Keeper, KeyedRepository.KeyFileCredential(), repository.Derivation));
        Refusal.Of(Errors.RoleRequired, () => Editor(reader).Remove(admin.SlotId, [], [], newGeneration: false));
        DataResilienceException refusal = Refusal.Of(
            Errors.RoleRequired,
            () => Editor(admin).Add("x", RepositoryRole.Owner, KeyedRepository.KeyFileCredential(), repository.Derivation));
        Assert.Contains("Writer, Reader", refusal.Message);
        Assert.NotNull(Editor(admin).Add("x", RepositoryRole.Admin, KeyedRepository.KeyFileCredential(), repository.Derivation));
    }

    [Fact]
    public async Task A_short_passphrase_is_not_given_to_a_new_slot()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();

        await Refusal.OfAsync(
            Errors.PassphraseTooShort, () => repository.AddAsync("x", RepositoryRole.Writer, KeyedRepository.PassphraseCredential("elevenchars")));
    }

    [Fact]
    public async Task The_last_admin_and_an_unknown_slot_are_not_removed()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        await repository.AddAsync("reader", RepositoryRole.Reader);

        Assert.Equal("owner", Refusal.Of(Errors.LastAdminKey, () => Editor(repository.Keys).Remove(repository.Keys.SlotId, [], [], true)).Target);
        Refusal.Of(Errors.KeyNotFound, () => Editor(repository.Keys).Remove(new ObjectId(1), [], [], true));
    }

    [Fact]
    public async Task A_removed_slot_opens_nothing_even_if_its_objects_are_put_back()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        SlotCredential credential = KeyedRepository.KeyFileCredential();
        RepositoryKeys writer = await repository.AddAsync("writer", RepositoryRole.Writer, credential);
        string name = KeyObjectNames.Slot(writer.SlotId);
        byte[] slot = repository.Store.Content(name);
        await repository.RemoveAsync(writer.SlotId);
        Assert.DoesNotContain(name, repository.Store.Names);
        Assert.DoesNotContain(KeyObjectNames.CopyOf(name), repository.Store.Names);

        repository.Store.Overwrite(name, slot);

        await Refusal.OfAsync(Errors.KeyRejected, () => repository.OpenAsync(credential));
        CopyFinding finding = Assert.Single((await repository.OpenAsync()).Findings);
        Assert.Equal((name, CopyFault.Foreign), (finding.Name, finding.Kind));
        Assert.Equal(RepositoryRole.Writer, repository.Keys.RolesOf(writer.SlotId));
        Assert.True(repository.Keys.Verify(writer.SlotId, "message"u8, writer.Sign("message"u8)));
    }

    [Fact]
    public async Task A_new_generation_is_closed_to_the_removed_slot_and_open_to_the_others()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        RepositoryKeys removed = await repository.AddAsync("removed", RepositoryRole.Reader);
        RepositoryKeys staying = await repository.AddAsync("staying", RepositoryRole.Reader);
        KeyringChange change = await repository.RemoveAsync(removed.SlotId);
        RepositoryKeys renewed = staying.Renew(repository.Keys.Keyring)!;

        Assert.Equal(2u, renewed.Generation);
        Assert.Equal(repository.Keys.CatalogKey(2), renewed.CatalogKey(2));
        Assert.NotEqual(repository.Keys.CatalogKey(1), repository.Keys.CatalogKey(2));
        Assert.NotEqual(repository.Keys.ContentPublicKey(1), repository.Keys.ContentPublicKey(2));
        Assert.Equal(staying.DeduplicationSecret(), renewed.DeduplicationSecret());
        Assert.Null(removed.Renew(repository.Keys.Keyring));
        Assert.All(change.Keyring.Payload.Slots, slot => Assert.NotEqual(removed.SlotId, slot.Id));
    }

    [Fact]
    public async Task Without_a_new_generation_the_keys_stay()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        RepositoryKeys removed = await repository.AddAsync("removed", RepositoryRole.Reader);

        await repository.RemoveAsync(removed.SlotId, newGeneration: false);

        Assert.Equal(1u, repository.Keys.Generation);
    }

    [Fact]
    public async Task A_removed_admin_cannot_make_a_keyring_any_more()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        RepositoryKeys admin = await repository.AddAsync("admin", RepositoryRole.Owner);
        await repository.RemoveAsync(admin.SlotId);
        KeyringFile newest = repository.Keys.Keyring.File;
        KeyringPayload next = newest.Payload with { Number = newest.Payload.Number + 1, Previous = newest.Sha256 };
        KeyringFile forged = KeyringFile.Seal(next, newest.Header, message => admin.SignAsAdmin(message));
        repository.Store.Overwrite(forged.Name, forged.Bytes);

        await Refusal.OfAsync(Errors.ObjectDamaged, () => repository.OpenAsync());
        Assert.NotEqual(admin.Keyring.Payload.AdminPublicKey, newest.Payload.AdminPublicKey);
    }

    [Fact]
    public async Task Of_two_changes_at_once_one_loses_and_is_made_again()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        KeyringChange one = Editor(repository.Keys).Add("one", RepositoryRole.Writer, KeyedRepository.KeyFileCredential(), repository.Derivation);
        KeyringChange two = Editor(repository.Keys).Add("two", RepositoryRole.Writer, KeyedRepository.KeyFileCredential(), repository.Derivation);

        Assert.True(await KeyringEditor.WriteAsync(repository.Store, one, KeyedRepository.Token));
        Assert.True(await KeyringEditor.WriteAsync(repository.Store, one, KeyedRepository.Token));
        Assert.False(await KeyringEditor.WriteAsync(repository.Store, two, KeyedRepository.Token));

        repository.Keys = (await repository.OpenAsync()).Keys;
        await repository.AddAsync("two", RepositoryRole.Writer);
        Assert.Equal(["owner", "one", "two"], repository.Keys.Keyring.Slots.Select(slot => repository.Keys.Keyring.NameOf(slot.Id)));
    }

    [Fact]
    public async Task A_change_that_ends_anywhere_leaves_the_old_keys_or_the_new_ones()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        SlotCredential credential = KeyedRepository.KeyFileCredential();
        KeyringChange change = Editor(repository.Keys).Add("new", RepositoryRole.Writer, credential, repository.Derivation);
        for (int written = 0; written <= change.Objects.Count; written++)
        {
            InMemoryObjectStore store = repository.Store.Copy();
            foreach (KeyObject item in change.Objects.Take(written))
            {
                await store.CreateAsync(item.Name, item.Content, KeyedRepository.Token);
            }

            OpenedKeys opened = await repository.Opener.OpenAsync(store, repository.Owner, KeyedRepository.Token);
            Assert.Equal(written < 3 ? 1u : 2u, opened.Keyring.Number);
            Assert.True(await KeyringEditor.WriteAsync(store, change, KeyedRepository.Token));
            Assert.Empty((await repository.Opener.OpenAsync(store, credential, KeyedRepository.Token)).Findings);
        }
    }

    [Theory]
    [InlineData("kdf")]
    [InlineData("generation")]
    [InlineData("slot")]
    [InlineData("removed")]
    [InlineData("admin")]
    [InlineData("previous")]
    public async Task A_keyring_that_undoes_what_stays_is_refused_even_if_an_admin_signed_it(string what)
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        RepositoryKeys admin = await repository.AddAsync("admin", RepositoryRole.Admin);
        await repository.AddAsync("writer", RepositoryRole.Writer);
        await repository.RemoveAsync(admin.SlotId);
        KeyringFile newest = repository.Keys.Keyring.File;
        KeyringPayload sound = newest.Payload with { Number = newest.Payload.Number + 1, Previous = newest.Sha256 };
        KeyringPayload bad = what switch
        {
            "kdf" => sound with { Kdf = sound.Kdf with { Iterations = sound.Kdf.Iterations + 1 } },
            "generation" => sound with { ContentPublicKeys = new(sound.ContentPublicKeys) { [1] = sound.ContentPublicKeys[2] } },
            "slot" => sound with { Slots = [sound.Slots[0]] },
            "removed" => sound with { RemovedSlots = [] },
            "admin" => sound with { RetiredAdminKeys = [] },
            _ => sound with { Previous = new string('0', 64) },
        };
        KeyringFile next = KeyringFile.Seal(bad, newest.Header, message => repository.Keys.SignAsAdmin(message));
        repository.Store.Overwrite(next.Name, next.Bytes);

        Assert.Equal(next.Name, (await Refusal.OfAsync(Errors.ObjectDamaged, () => repository.OpenAsync())).Target);
    }

    [Fact]
    public async Task A_keyring_with_unknown_write_features_is_read_and_forbids_writing()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        KeyringFile newest = repository.Keys.Keyring.File;
        KeyringPayload payload = newest.Payload with { Number = 2, Previous = newest.Sha256 };
        KeyringFile next = KeyringFile.Seal(payload, newest.Header with { WriteFeatures = 4 }, message => repository.Keys.SignAsAdmin(message));
        repository.Store.Overwrite(next.Name, next.Bytes);

        OpenedKeys opened = await repository.OpenAsync();

        Refusal.Of(Errors.RepositoryUnsupported, () => opened.Keyring.RequireWritable("here"));
        repository.Keys.Keyring.RequireWritable("here");
    }

    private static KeyringEditor Editor(RepositoryKeys keys) => new(keys, KeyedRepository.Random, TimeProvider.System);
}
