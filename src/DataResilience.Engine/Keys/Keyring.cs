using System.Collections.Immutable;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Keys;

/// <summary>The newest keyring of a chain that is whole from the first one on: what is believed about slots and keys.</summary>
internal sealed record Keyring
{
    private readonly ImmutableArray<string> hashes;

    private Keyring(KeyringFile file, string fingerprint, ImmutableArray<string> hashesBefore)
    {
        File = file;
        Fingerprint = fingerprint;
        hashes = hashesBefore.Add(file.Sha256);
    }

    /// <summary>The object it stands in.</summary>
    public KeyringFile File { get; }

    public string Fingerprint { get; }

    /// <summary>The names of the slots; empty until a key has opened them.</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();

    public KeyringPayload Payload => File.Payload;

    public ObjectId RepositoryId => File.Header.RepositoryId;

    public uint Number => Payload.Number;

    public uint Generation => Payload.Generation;

    public string Sha256 => File.Sha256;

    public IReadOnlyList<KeyringSlot> Slots => Payload.Slots;

    /// <summary>Believes a first keyring that is signed with the admin key it names itself. The fingerprint tells whose it is.</summary>
    /// <returns>The keyring; null if its signature is wrong.</returns>
    internal static Keyring? Start(KeyringFile first)
    {
        bool isFirst = first.Payload.Number == 1 && first.IsSignedBy(first.Payload.AdminPublicKey);
        return isFirst ? new Keyring(first, Keys.Fingerprint.Of(first.Header.RepositoryId, first.Payload.AdminPublicKey), []) : null;
    }

    /// <summary>Believes the next keyring.</summary>
    /// <returns>It; null if it does not belong to this chain.</returns>
    /// <exception cref="DataResilienceException"><c>ObjectDamaged</c>: an admin key of this chain signed what may not follow.</exception>
    internal Keyring? Extend(KeyringFile next)
    {
        if (next.Payload.Number != Number + 1 || !IsOfThisChain(next))
        {
            return null;
        }

        string? fault = !next.IsSignedBy(Payload.AdminPublicKey) ? "it is signed with a replaced admin key" : null;
        fault ??= next.Payload.Previous != Sha256 ? "it follows another keyring than the one that is there" : null;
        fault ??= KeyringRules.FindFaultInStep(Payload, next.Payload);
        return fault is null ? new Keyring(next, Fingerprint, hashes) : throw Errors.ObjectDamaged.Create(next.Name, fault);
    }

    /// <summary>Whether an admin key of this chain, the newest or a replaced one, signed a keyring: then it is no stranger's.</summary>
    internal bool IsOfThisChain(KeyringFile file) =>
        file.Header.RepositoryId == RepositoryId && AdminKeys().Any(key => file.IsSignedBy(key));

    /// <summary>The hash of a keyring of this chain; null if the chain is shorter.</summary>
    internal string? Sha256Of(uint number) => number >= 1 && number <= hashes.Length ? hashes[(int)number - 1] : null;

    internal KeyringSlot? FindSlot(ObjectId id) => Payload.Slots.FirstOrDefault(slot => slot.Id == id);

    /// <summary>Finds a slot by its name or by its id.</summary>
    internal KeyringSlot? FindSlot(string nameOrId) =>
        Payload.Slots.FirstOrDefault(slot => NameOf(slot.Id) == nameOrId)
        ?? (ObjectId.TryParse(nameOrId, out ObjectId id) ? FindSlot(id) : null);

    internal RemovedSlot? FindRemovedSlot(ObjectId id) => Payload.RemovedSlots.FirstOrDefault(slot => slot.Id == id);

    /// <summary>The name of a slot; its id if it has none.</summary>
    internal string NameOf(ObjectId id) => Names.GetValueOrDefault(id.ToString()) ?? id.ToString();

    /// <summary>Whether this version may write beside a keyring with these features (docs/repository-format.md, 2).</summary>
    /// <exception cref="DataResilienceException"><c>RepositoryUnsupported</c>.</exception>
    internal void RequireWritable(string location)
    {
        if (File.Header.WriteFeatures != 0)
        {
            throw Errors.RepositoryUnsupported.Create(location, $"writing to it takes the features {File.Header.WriteFeatures:x8}");
        }
    }

    internal IEnumerable<byte[]> AdminKeys() => Payload.RetiredAdminKeys.Select(key => key.PublicKey).Prepend(Payload.AdminPublicKey);
}
