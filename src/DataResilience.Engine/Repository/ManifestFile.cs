using System.Security.Cryptography;
using System.Text.Json;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Repository;

/// <summary>Writes and reads the manifest object: a backup exists when, and only when, this does.</summary>
internal static class ManifestFile
{
    internal static async Task<string> CreateAsync(OpenedRepository repository, Manifest manifest, IRandomSource random, CancellationToken cancellationToken)
    {
        string name = ObjectNames.Manifest(manifest.BackupId);
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(manifest, RepositoryJson.Default.Manifest);
        byte[] bytes = new RecordSealer(random).Seal(ObjectKind.Manifest, name, json, repository.Keys, RecordSigner.Slot);
        await TwinObjects.CreateAsync(repository.Store, name, bytes, cancellationToken);
        return HashOf(bytes);
    }

    /// <summary>Reads a manifest from whichever copy is whole.</summary>
    internal static Task<TwinObject<SignedManifest>> ReadAsync(OpenedRepository repository, string backupId, CancellationToken cancellationToken) =>
        TwinObjects.ReadAsync(repository.Store, ObjectNames.Manifest(backupId), bytes => Open(repository, backupId, bytes), cancellationToken);

    private static SignedManifest Open(OpenedRepository repository, string backupId, byte[] bytes)
    {
        string name = ObjectNames.Manifest(backupId);
        OpenedRecord record = RecordReading.OpenEvenIfRevoked(name, bytes, repository.Keys, ObjectKind.Manifest);
        Manifest manifest = RecordReading.Json(name, record.Plain, RepositoryJson.Default.Manifest);
        if (manifest.BackupId != backupId)
        {
            throw Errors.ObjectDamaged.Create(name, "it describes another backup");
        }

        return new SignedManifest(manifest, Convert.ToHexStringLower(record.Sha256), record.Signer, record.IsRevoked);
    }

    private static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
