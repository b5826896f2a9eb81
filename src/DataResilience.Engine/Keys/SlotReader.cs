using DataResilience.Engine.Sealing;
using DataResilience.Providers;

namespace DataResilience.Engine.Keys;

/// <summary>Reads the slots that a keyring lists. The keyring holds their hashes, so a damaged copy shows without its passphrase.</summary>
/// <param name="store">Where they are.</param>
/// <param name="findings">What is wrong with copies is added here.</param>
internal sealed class SlotReader(IObjectStore store, List<CopyFinding> findings)
{
    /// <returns>Every slot of the keyring; with null where both copies are lost.</returns>
    internal async Task<IReadOnlyList<(KeyringSlot Listed, SlotFile? File)>> ReadAsync(Keyring keyring, CancellationToken cancellationToken)
    {
        await ReportForeignAsync(keyring, cancellationToken);
        var slots = new List<(KeyringSlot, SlotFile?)>();
        foreach (KeyringSlot listed in keyring.Slots)
        {
            string name = KeyObjectNames.Slot(listed.Id);
            StoredCopy[] copies = await StoredCopy.ReadBothAsync(store, name, SlotFile.Size, cancellationToken);
            byte[]? whole = copies.FirstOrDefault(copy => IsWhole(copy, listed))?.Bytes;
            findings.AddRange(copies.Where(copy => !IsWhole(copy, listed)).Select(copy =>
                copy.Fault ?? new CopyFinding(copy.Place, CopyFault.Corrupt, "its hash is not the one that the keyring holds")));
            slots.Add((listed, whole is null ? null : SlotFile.Read(name, whole, keyring.RepositoryId)));
        }

        return slots;
    }

    private static bool IsWhole(StoredCopy copy, KeyringSlot listed) =>
        copy.Bytes is not null && Hexadecimal.Sha256Of(copy.Bytes) == listed.File;

    private async Task ReportForeignAsync(Keyring keyring, CancellationToken cancellationToken)
    {
        foreach (string name in await KeyObjectList.ReadAsync(store, KeyObjectNames.Slots, cancellationToken))
        {
            bool isSlot = KeyObjectNames.TryParseSlot(KeyObjectNames.OriginalOf(name), out ObjectId id);
            if (isSlot && keyring.FindSlot(id) is not null)
            {
                continue;
            }

            string detail = isSlot && keyring.FindRemovedSlot(id) is not null
                ? "this key was removed; it opens nothing"
                : "the keyring lists no such key";
            findings.Add(new CopyFinding(name, CopyFault.Foreign, detail));
        }
    }
}
