using System.Security;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Sealing;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Keys;

/// <summary>A repository in memory that has keys and nothing else, and what tests do with it again and again.</summary>
internal sealed class KeyedRepository
{
    public const string Passphrase = "correct horse battery";

    public static IRandomSource Random { get; } = new SystemRandomSource();

    public FastDerivation Derivation { get; } = new();

    public InMemoryObjectStore Store { get; init; } = new();

    public SlotCredential Owner { get; init; } = KeyFileCredential();

    public required RepositoryKeys Keys { get; set; }

    public KeyOpener Opener => new(Derivation);

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<KeyedRepository> FoundAsync(SlotCredential? credential = null)
    {
        SlotCredential owner = credential ?? KeyFileCredential();
        var derivation = new FastDerivation();
        FoundedRepository founded = new RepositoryFounder(derivation, Random, TimeProvider.System).Found("owner", owner);
        var repository = new KeyedRepository { Keys = founded.Keys, Owner = owner };
        await RepositoryFounder.WriteAsync(repository.Store, founded, Token);
        return repository;
    }

    public static SlotCredential KeyFileCredential()
    {
        byte[] secret = new byte[KeyFile.SecretBytes];
        Random.Fill(secret);
        return SlotCredential.OfKeyFile(secret);
    }

    public static SlotCredential PassphraseCredential(string text = Passphrase)
    {
        using SecureString passphrase = Secure(text);
        return SlotCredential.OfPassphrase(passphrase);
    }

    public static SecureString Secure(string text)
    {
        var secure = new SecureString();
        foreach (char letter in text)
        {
            secure.AppendChar(letter);
        }

        return secure;
    }

    public Task<OpenedKeys> OpenAsync(SlotCredential? credential = null) => Opener.OpenAsync(Store, credential ?? Owner, Token);

    /// <summary>Adds a slot and opens it. The owner's keys are renewed too.</summary>
    public async Task<RepositoryKeys> AddAsync(string name, RepositoryRole roles, SlotCredential? credential = null)
    {
        SlotCredential given = credential ?? KeyFileCredential();
        KeyringChange change = new KeyringEditor(Keys, Random, TimeProvider.System).Add(name, roles, given, Derivation);
        Assert.True(await KeyringEditor.WriteAsync(Store, change, Token));
        Keys = (await OpenAsync()).Keys;
        return (await OpenAsync(given)).Keys;
    }

    public async Task<KeyringChange> RemoveAsync(
        ObjectId slotId, IReadOnlyList<string>? records = null, IReadOnlyList<string>? deletions = null, bool newGeneration = true)
    {
        KeyringChange change = new KeyringEditor(Keys, Random, TimeProvider.System).Remove(slotId, records ?? [], deletions ?? [], newGeneration);
        Assert.True(await KeyringEditor.WriteAsync(Store, change, Token));
        await KeyringEditor.DeleteObsoleteAsync(Store, change, Token);
        Keys = (await OpenAsync()).Keys;
        return change;
    }
}
