using System.Collections.Frozen;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Keys;

/// <summary>Whose signatures a keyring knows, and what of the removed ones counts on.</summary>
internal sealed class SignatureRegister
{
    private readonly FrozenDictionary<ObjectId, Signer> slots;
    private readonly Signer[] adminKeys;

    internal SignatureRegister(KeyringPayload payload)
    {
        slots = payload.Slots.Select(slot => (slot.Id, Signer: new Signer(slot.SigningKey, slot.Roles, null)))
            .Concat(payload.RemovedSlots.Select(slot => (slot.Id, Signer: new Signer(slot.SigningKey, slot.Roles, slot.Manifests.ToFrozenSet()))))
            .ToFrozenDictionary(slot => slot.Id, slot => slot.Signer);
        adminKeys =
        [
            new Signer(payload.AdminPublicKey, RepositoryRole.Admin, null),
            .. payload.RetiredAdminKeys.Select(key => new Signer(key.PublicKey, RepositoryRole.Admin, key.Deletions.ToFrozenSet())),
        ];
    }

    internal RepositoryRole? RolesOf(ObjectId slotId) => slots.TryGetValue(slotId, out Signer? signer) ? signer.Roles : null;

    internal bool Verify(ObjectId signer, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        Find(signer, message, signature) is not null;

    internal bool IsRevoked(ObjectId signer, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> objectSha256)
    {
        FrozenSet<string>? counting = Find(signer, message, signature)?.CountingOnly;
        return counting is not null && !counting.Contains(Convert.ToHexStringLower(objectSha256));
    }

    private Signer? Find(ObjectId signer, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (signer != ObjectId.Zero)
        {
            return slots.TryGetValue(signer, out Signer? slot) && P256.Verify(slot.PublicKey, message, signature) ? slot : null;
        }

        foreach (Signer admin in adminKeys)
        {
            if (P256.Verify(admin.PublicKey, message, signature))
            {
                return admin;
            }
        }

        return null;
    }

    /// <param name="PublicKey">The public signing key.</param>
    /// <param name="Roles">What it may sign.</param>
    /// <param name="CountingOnly">For one that was removed: the hashes of what counts on. Null: everything counts.</param>
    private sealed record Signer(byte[] PublicKey, RepositoryRole Roles, FrozenSet<string>? CountingOnly);
}
