using System.Security;
using DataResilience.Engine.Keys;

namespace DataResilience.Engine.Repository;

/// <summary>Finds the key that opens a repository: parameters first, then the environment.</summary>
internal sealed class CredentialReader(Func<string, string?> environment)
{
    private const int MaxPassphraseLength = 4096;

    /// <returns>The credential; null if none was given.</returns>
    /// <exception cref="DataResilienceException"><c>KeyFileInvalid</c>, <c>ArgumentInvalid</c>.</exception>
    internal SlotCredential? Read(SecureString? passphrase, string? keyFile, IOperationReporter reporter)
    {
        if (passphrase is not null && keyFile is not null)
        {
            throw Errors.ArgumentInvalid.Create("KeyFile", "a passphrase was given as well, and one key opens a repository");
        }

        if (passphrase is not null)
        {
            return SlotCredential.OfPassphrase(passphrase);
        }

        return keyFile is not null ? OfKeyFile(keyFile, reporter) : FromEnvironment(reporter);
    }

    private SlotCredential? FromEnvironment(IOperationReporter reporter)
    {
        if (environment("DATARESILIENCE_KEY_FILE") is { Length: > 0 } keyFile)
        {
            return OfKeyFile(keyFile, reporter);
        }

        if (environment("DATARESILIENCE_PASSPHRASE_FILE") is { Length: > 0 } file)
        {
            return OfPassphrase(ReadPassphraseFile(file));
        }

        return environment("DATARESILIENCE_PASSPHRASE") is { Length: > 0 } passphrase ? OfPassphrase(passphrase) : null;
    }

    private static SlotCredential OfKeyFile(string path, IOperationReporter reporter)
    {
        using KeyFile file = KeyFile.Read(path);
        if (file.IsExposed)
        {
            reporter.Warning($"Others than its owner may read the key file '{path}'. Take their rights away: chmod 600.");
        }

        return SlotCredential.OfKeyFile(file.Secret);
    }

    private static SlotCredential OfPassphrase(string text)
    {
        using var passphrase = new SecureString();
        foreach (char letter in text)
        {
            passphrase.AppendChar(letter);
        }

        return SlotCredential.OfPassphrase(passphrase);
    }

    /// <summary>The first line, so that an editor's newline at the end does no harm.</summary>
    private static string ReadPassphraseFile(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            string line = reader.ReadLine() ?? "";
            return line.Length is > 0 and <= MaxPassphraseLength
                ? line
                : throw Errors.ArgumentInvalid.Create("DATARESILIENCE_PASSPHRASE_FILE", $"the first line of '{path}' is empty or too long");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Errors.ArgumentInvalid.CreateFrom(failure, "DATARESILIENCE_PASSPHRASE_FILE", failure.Message);
        }
    }
}
