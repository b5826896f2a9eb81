using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Keys;

/// <summary>The fields of <c>repository.json</c> as they are found: all may be missing, in a later format on purpose.</summary>
internal sealed record RepositoryFileText
{
    public string? Kind { get; init; }

    public int Format { get; init; }

    public ObjectId? Id { get; init; }

    public KdfParameters? Kdf { get; init; }
}
