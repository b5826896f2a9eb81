using DataResilience.Providers;

namespace DataResilience.Engine.Keys;

/// <summary>
/// Writes again what opening found missing: repository.json from the keyring, a copy from the other one. So a founding that was
/// interrupted is finished. What is corrupt stays: nothing is ever overwritten.
/// </summary>
internal static class MissingCopies
{
    /// <returns>The places that were written.</returns>
    internal static async Task<IReadOnlyList<string>> RestoreAsync(IObjectStore store, OpenedKeys opened, CancellationToken cancellationToken)
    {
        var restored = new List<string>();
        // A damaged original must not take the place of a copy that a mirror may still have.
        HashSet<string> faulty = [.. opened.Findings.Select(finding => finding.Name)];
        // repository.json marks a whole repository, so it comes last.
        foreach (CopyFinding missing in opened.Findings.Where(finding => finding.Kind == CopyFault.Missing && !faulty.Contains(KeyObjectNames.OtherPlaceOf(finding.Name)))
            .OrderBy(finding => finding.Name == KeyObjectNames.Repository))
        {
            byte[]? content = missing.Name == KeyObjectNames.Repository
                ? new RepositoryFile(opened.Keyring.RepositoryId, opened.Keyring.Payload.Kdf).ToBytes()
                : (await StoredCopy.ReadAsync(store, KeyObjectNames.OtherPlaceOf(missing.Name), KeyringFile.MaxBytes, cancellationToken)).Bytes;
            if (content is not null && await store.CreateAsync(missing.Name, content, cancellationToken))
            {
                restored.Add(missing.Name);
            }
        }

        return restored;
    }
}
