using DataResilience.Engine.Keys;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Keys;

public sealed class RepositoryFounderTests
{
    private readonly RepositoryFounder founder = new(new FastDerivation(), KeyedRepository.Random, TimeProvider.System);

    [Fact]
    public async Task A_founded_repository_opens_with_every_role_and_no_finding()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync(KeyedRepository.PassphraseCredential());

        OpenedKeys opened = await repository.OpenAsync();

        Assert.Empty(opened.Findings);
        Assert.Equal(RepositoryRole.Owner, opened.Keys.Roles);
        Assert.Equal(KeyProtection.Passphrase, Assert.Single(opened.Keyring.Slots).Protection);
        Assert.Equal(repository.Keys.Keyring.Fingerprint, opened.Keyring.Fingerprint);
        Assert.Matches("^SHA256:[A-Za-z0-9+/]{43}$", opened.Keyring.Fingerprint);
    }

    [Fact]
    public void A_short_passphrase_is_refused() =>
        Refusal.Of(Errors.PassphraseTooShort, () => founder.Found("owner", KeyedRepository.PassphraseCredential("elevenchars")));

    [Fact]
    public async Task A_founding_that_ends_anywhere_is_begun_anew_or_finished()
    {
        SlotCredential credential = KeyedRepository.KeyFileCredential();
        FoundedRepository founded = founder.Found("owner", credential);
        FoundingState[] states =
        [
            FoundingState.Empty, FoundingState.Abandoned, FoundingState.Abandoned,
            FoundingState.Unfinished, FoundingState.Unfinished, FoundingState.Repository,
        ];
        for (int written = 0; written <= founded.Objects.Count; written++)
        {
            var store = new InMemoryObjectStore();
            foreach (KeyObject item in founded.Objects.Take(written))
            {
                await store.CreateAsync(item.Name, item.Content, KeyedRepository.Token);
            }

            Assert.Equal(states[written], await RepositoryFounder.InspectAsync(store, KeyedRepository.Token));
            await FinishAsync(store, states[written], credential);
            Assert.Equal(FoundingState.Repository, await RepositoryFounder.InspectAsync(store, KeyedRepository.Token));
            OpenedKeys opened = await new KeyOpener(new FastDerivation()).OpenAsync(store, credential, KeyedRepository.Token);
            Assert.DoesNotContain(opened.Findings, finding => finding.Kind != CopyFault.Foreign);
        }
    }

    [Fact]
    public async Task Of_two_that_found_at_one_place_one_loses()
    {
        var store = new InMemoryObjectStore();
        FoundedRepository one = founder.Found("owner", KeyedRepository.KeyFileCredential());
        FoundedRepository two = founder.Found("owner", KeyedRepository.KeyFileCredential());

        await RepositoryFounder.WriteAsync(store, one, KeyedRepository.Token);
        await RepositoryFounder.WriteAsync(store, one, KeyedRepository.Token);

        await Refusal.OfAsync(Errors.RepositoryExists, () => RepositoryFounder.WriteAsync(store, two, KeyedRepository.Token));
    }

    [Theory]
    [InlineData("notes.txt", FoundingState.Occupied)]
    [InlineData("keys/notes.txt", FoundingState.Occupied)]
    [InlineData("packs/00/00000000000000000000000000000000", FoundingState.Occupied)]
    [InlineData("repository.json", FoundingState.Repository)]
    [InlineData("keyring/00000001", FoundingState.Unfinished)]
    [InlineData("copies/keyring/00000001", FoundingState.Unfinished)]
    [InlineData("keyring/00000002", FoundingState.Repository)]
    [InlineData("keys/00000000000000000000000000000001", FoundingState.Abandoned)]
    internal async Task A_place_is_told_by_the_names_in_it(string name, FoundingState expected)
    {
        var store = new InMemoryObjectStore();
        store.Overwrite(name, [1]);

        Assert.Equal(expected, await RepositoryFounder.InspectAsync(store, KeyedRepository.Token));
    }

    private async Task FinishAsync(InMemoryObjectStore store, FoundingState state, SlotCredential credential)
    {
        if (state == FoundingState.Unfinished)
        {
            OpenedKeys opened = await new KeyOpener(new FastDerivation()).OpenAsync(store, credential, KeyedRepository.Token);
            await MissingCopies.RestoreAsync(store, opened, KeyedRepository.Token);
        }
        else if (state != FoundingState.Repository)
        {
            await RepositoryFounder.WriteAsync(store, founder.Found("owner", credential), KeyedRepository.Token);
        }
    }
}
