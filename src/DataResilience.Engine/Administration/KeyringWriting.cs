using DataResilience.Engine.Keys;
using DataResilience.Engine.Repository;

namespace DataResilience.Engine.Administration;

/// <summary>Puts a changed keyring in the repository; of two changes at once, the first counts.</summary>
internal static class KeyringWriting
{
    /// <exception cref="DataResilienceException"><c>KeyringChanged</c>.</exception>
    internal static async Task WriteAsync(OpenedRepository repository, KeyringChange change, CancellationToken cancellationToken)
    {
        await repository.BeginWritingAsync(cancellationToken);
        if (!await KeyringEditor.WriteAsync(repository.Store, change, cancellationToken))
        {
            throw Errors.KeyringChanged.Create(repository.Location);
        }
    }
}
