using DataResilience.Engine.Keys;
using DataResilience.Engine.Keys.Memory;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Keys;

public sealed class ClientMemoryTests : IDisposable
{
    private const string Location = "/backups";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("client-memory-tests");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task What_was_never_seen_is_believed_and_then_remembered()
    {
        Keyring keyring = (await KeyedRepository.FoundAsync()).Keys.Keyring;
        Keyring another = (await KeyedRepository.FoundAsync()).Keys.Keyring;
        await SeeAsync(keyring);

        NewMemory().Check(Location, keyring, Acceptance.None);
        DataResilienceException refusal = Refusal.Of(Errors.RepositoryIdentityChanged, () => NewMemory().Check(Location, another, Acceptance.None));
        Assert.Contains(keyring.Fingerprint, refusal.Message);
        Assert.Contains(another.Fingerprint, refusal.Message);
        NewMemory().Check("/elsewhere", another, Acceptance.None);
    }

    [Fact]
    public async Task A_given_fingerprint_counts_before_the_remembered_one()
    {
        Keyring keyring = (await KeyedRepository.FoundAsync()).Keys.Keyring;
        Keyring another = (await KeyedRepository.FoundAsync()).Keys.Keyring;
        await SeeAsync(keyring);
        var given = new Acceptance(another.Fingerprint + "= ");

        Refusal.Of(Errors.RepositoryIdentityChanged, () => NewMemory().Check(Location, keyring, given));
        NewMemory().Check(Location, another, given);
        await NewMemory().RememberAsync(Location, another, given, KeyedRepository.Token);
        NewMemory().Check(Location, another, Acceptance.None);
    }

    [Fact]
    public async Task A_replayed_keyring_is_noticed_and_accepted_once_only()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        InMemoryObjectStore older = repository.Store.Copy();
        await repository.AddAsync("writer", RepositoryRole.Writer);
        await SeeAsync(repository.Keys.Keyring);
        Keyring replayed = (await repository.Opener.OpenAsync(older, repository.Owner, KeyedRepository.Token)).Keyring;
        var accepted = new Acceptance(Rollback: true);

        Refusal.Of(Errors.RepositoryRolledBack, () => NewMemory().Check(Location, replayed, Acceptance.None));
        Refusal.Of(Errors.RepositoryRolledBack, () => NewMemory().Check("/elsewhere", replayed, Acceptance.None));
        NewMemory().Check(Location, replayed, accepted);
        await NewMemory().RememberAsync(Location, replayed, accepted, KeyedRepository.Token);
        NewMemory().Check(Location, replayed, Acceptance.None);
        NewMemory().Check(Location, repository.Keys.Keyring, Acceptance.None);
    }

    [Fact]
    public async Task Another_keyring_of_the_same_or_a_higher_number_is_noticed()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        var fork = new KeyedRepository { Keys = repository.Keys, Owner = repository.Owner, Store = repository.Store.Copy() };
        await repository.AddAsync("writer", RepositoryRole.Writer);
        await SeeAsync(repository.Keys.Keyring);

        await fork.AddAsync("other", RepositoryRole.Writer);
        Refusal.Of(Errors.RepositoryRolledBack, () => NewMemory().Check(Location, fork.Keys.Keyring, Acceptance.None));
        await fork.AddAsync("third", RepositoryRole.Writer);
        Refusal.Of(Errors.RepositoryRolledBack, () => NewMemory().Check(Location, fork.Keys.Keyring, Acceptance.None));
        await repository.AddAsync("third", RepositoryRole.Writer);
        NewMemory().Check(Location, repository.Keys.Keyring, Acceptance.None);
    }

    [Fact]
    public async Task The_highest_keyring_stays_though_an_older_one_is_remembered_after_it()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        Keyring older = repository.Keys.Keyring;
        await repository.AddAsync("writer", RepositoryRole.Writer);
        await SeeAsync(repository.Keys.Keyring);

        await SeeAsync(older);

        Refusal.Of(Errors.RepositoryRolledBack, () => NewMemory().Check(Location, older, Acceptance.None));
    }

    [Fact]
    public async Task The_newest_manifests_of_each_slot_are_remembered()
    {
        RepositoryKeys keys = (await KeyedRepository.FoundAsync()).Keys;
        var other = new Engine.Sealing.ObjectId(7);
        RememberedManifest[] first = [new("a", new string('1', 64))];
        RememberedManifest[] second = [new("b", new string('2', 64)), new("c", new string('3', 64))];
        Assert.Empty(NewMemory().NewestManifests(keys.Keyring));

        await NewMemory().RememberManifestsAsync(keys.Keyring, keys.SlotId, first, KeyedRepository.Token);
        await NewMemory().RememberManifestsAsync(keys.Keyring, other, first, KeyedRepository.Token);
        await NewMemory().RememberManifestsAsync(keys.Keyring, keys.SlotId, second, KeyedRepository.Token);
        await SeeAsync(keys.Keyring);

        var remembered = NewMemory().NewestManifests(keys.Keyring);
        Assert.Equal(second, remembered[keys.SlotId.ToString()]);
        Assert.Equal(first, remembered[other.ToString()]);
    }

    [Fact]
    public async Task Many_at_once_lose_nothing()
    {
        Keyring keyring = (await KeyedRepository.FoundAsync()).Keys.Keyring;

        await Parallel.ForAsync(1, 21, KeyedRepository.Token, async (number, token) =>
            await NewMemory().RememberManifestsAsync(keyring, new Engine.Sealing.ObjectId((UInt128)number), [new("a", "b")], token));

        Assert.Equal(20, NewMemory().NewestManifests(keyring).Count);
        Assert.Empty(folder.EnumerateFiles("*.tmp"));
    }

    [Fact]
    public async Task A_memory_that_cannot_be_read_or_written_warns_and_stops_nothing()
    {
        Keyring keyring = (await KeyedRepository.FoundAsync()).Keys.Keyring;
        string occupied = Path.Combine(folder.FullName, "a-file");
        File.WriteAllText(occupied, "no folder");
        var unwritable = new ClientMemory(new MemoryFolder(occupied, TimeProvider.System, KeyedRepository.Random));
        var homeless = new ClientMemory(null);
        foreach (ClientMemory memory in new[] { unwritable, homeless })
        {
            memory.Check(Location, keyring, Acceptance.None);
            await memory.RememberAsync(Location, keyring, Acceptance.None, KeyedRepository.Token);
            Assert.NotEmpty(memory.Warnings);
        }

        await SeeAsync(keyring);
        foreach (FileInfo file in folder.EnumerateFiles("*.json"))
        {
            File.WriteAllText(file.FullName, "{");
        }

        ClientMemory damaged = NewMemory();
        damaged.Check(Location, keyring, Acceptance.None);
        Assert.NotEmpty(damaged.Warnings);
    }

    [Fact]
    public void The_place_follows_the_environment()
    {
        string root = OperatingSystem.IsWindows() ? @"C:\state" : "/state";
        Assert.Equal(root, Place(("DATARESILIENCE_STATE", root), ("HOME", "/home/a")));
        Assert.Null(Place(("DATARESILIENCE_STATE", "relative")));
        Assert.Null(Place());
        if (OperatingSystem.IsWindows())
        {
            Assert.Equal(@"C:\local\DataResilience\repositories", Place(("LOCALAPPDATA", @"C:\local")));
            return;
        }

        Assert.Equal("/home/a/.local/state/DataResilience/repositories", Place(("HOME", "/home/a")));
        Assert.Equal("/x/DataResilience/repositories", Place(("HOME", "/home/a"), ("XDG_STATE_HOME", "/x")));
        Assert.Equal("/home/a/.local/state/DataResilience/repositories", Place(("HOME", "/home/a"), ("XDG_STATE_HOME", "x")));
    }

    private static string? Place(params (string Name, string Value)[] environment) =>
        MemoryFolder.DefaultDirectory(name => environment.FirstOrDefault(variable => variable.Name == name).Value);

    private ClientMemory NewMemory() => new(new MemoryFolder(folder.FullName, TimeProvider.System, KeyedRepository.Random));

    private async Task SeeAsync(Keyring keyring)
    {
        ClientMemory memory = NewMemory();
        await memory.RememberAsync(Location, keyring, Acceptance.None, KeyedRepository.Token);
        Assert.Empty(memory.Warnings);
    }
}
