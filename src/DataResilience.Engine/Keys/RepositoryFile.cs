using System.Text;
using System.Text.Json;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Keys;

/// <summary><c>repository.json</c> (docs/repository-format.md, 3): marks the place and tells the format. Trusted for nothing else.</summary>
internal sealed record RepositoryFile(ObjectId Id, KdfParameters Kdf)
{
    internal const int MaxBytes = 64 * 1024;
    internal const int Format = 1;

    private const string Kind = "DataResilience repository";

    /// <summary>The bytes, always the same for the same parameters: the keyring holds their hash and whoever has it can make them again.</summary>
    internal byte[] ToBytes() => Encoding.UTF8.GetBytes(
        $$$"""{"kind":"{{{Kind}}}","format":{{{Format}}},"id":"{{{Id}}}","kdf":{"name":"{{{Kdf.Name}}}","iterations":{{{Kdf.Iterations}}},"salt":"{{{Kdf.Salt}}}"}}""" + "\n");

    /// <exception cref="DataResilienceException"><c>ObjectDamaged</c>; <c>ObjectUnsupported</c> for another format.</exception>
    internal static RepositoryFile Read(ReadOnlySpan<byte> bytes)
    {
        RepositoryFileText text = Parse(bytes);
        if (text.Kind != Kind)
        {
            throw Errors.ObjectDamaged.Create(KeyObjectNames.Repository, "it does not say that this is a DataResilience repository");
        }

        if (text.Format != Format)
        {
            throw Errors.ObjectUnsupported.Create(KeyObjectNames.Repository, $"the repository has format {text.Format}");
        }

        return text is { Id: { } id, Kdf: { IsWithinBounds: true } kdf }
            ? new RepositoryFile(id, kdf)
            : throw Errors.ObjectDamaged.Create(KeyObjectNames.Repository, "its id or its key derivation is missing or out of bounds");
    }

    private static RepositoryFileText Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictJson.Read(bytes, KeysJson.Default.RepositoryFileText) ?? new RepositoryFileText();
        }
        catch (JsonException exception)
        {
            throw Errors.ObjectDamaged.CreateFrom(exception, KeyObjectNames.Repository, "it is not the JSON it should be");
        }
    }
}
