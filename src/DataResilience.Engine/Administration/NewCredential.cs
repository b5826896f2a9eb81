using System.Security;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Operations;

namespace DataResilience.Engine.Administration;

/// <summary>The credential of a new key slot: a passphrase, or a key file that is made if it does not exist.</summary>
internal static class NewCredential
{
    /// <exception cref="DataResilienceException"><c>KeyRequired</c>, <c>ArgumentInvalid</c>.</exception>
    internal static void Validate(SecureString? passphrase, string? keyFile, string location)
    {
        if (passphrase is null && keyFile is null)
        {
            throw Errors.KeyRequired.Create(location);
        }

        if (passphrase is not null && keyFile is not null)
        {
            throw Errors.ArgumentInvalid.Create("KeyFile", "a passphrase was given as well, and a key has one of them");
        }
    }

    internal static SlotCredential Make(
        SecureString? passphrase, string? keyFile, string name, string location, EngineServices services, IOperationReporter reporter)
    {
        Validate(passphrase, keyFile, location);
        SlotCredential credential = passphrase is not null ? SlotCredential.OfPassphrase(passphrase) : OfKeyFile(keyFile!, services, reporter);
        credential.RequireStrength(name);
        return credential;
    }

    private static SlotCredential OfKeyFile(string path, EngineServices services, IOperationReporter reporter)
    {
        bool exists = File.Exists(path);
        using KeyFile file = exists ? KeyFile.Read(path) : KeyFile.Create(path, services.Random);
        if (!exists)
        {
            reporter.Warning($"The key file '{path}' was made. Keep a copy of it in a safe place: without a key nobody can read the backups.");
        }

        return SlotCredential.OfKeyFile(file.Secret);
    }
}
