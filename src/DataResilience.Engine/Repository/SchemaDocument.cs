using DataResilience.Providers;

namespace DataResilience.Engine.Repository;

/// <summary>The schema of a backup, sealed to Readers.</summary>
internal sealed record SchemaDocument
{
    public required IReadOnlyDictionary<string, string> Properties { get; init; }

    /// <summary>Whether the backup holds rows; false where it was taken with -SchemaOnly.</summary>
    public required bool IncludesRows { get; init; }

    public required IReadOnlyList<SchemaObject> Objects { get; init; }
}
