using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Repository;

/// <summary>Opens records of one kind that still count, and reads their JSON; what does not fit is damage of the object.</summary>
internal static class RecordReading
{
    internal static OpenedRecord Open(string name, byte[] bytes, IRepositoryKeys keys, ObjectKind kind)
    {
        OpenedRecord record = OpenEvenIfRevoked(name, bytes, keys, kind);
        return record.IsRevoked
            ? throw Errors.ObjectDamaged.Create(name, "it was signed by a key after that key was removed")
            : record;
    }

    /// <summary>What a removed key signed may be undamaged nevertheless, though it does not count.</summary>
    internal static OpenedRecord OpenEvenIfRevoked(string name, byte[] bytes, IRepositoryKeys keys, ObjectKind kind)
    {
        OpenedRecord record = RecordSealer.Open(name, bytes, keys);
        return record.Kind == kind
            ? record
            : throw Errors.ObjectDamaged.Create(name, $"it is of the kind {record.Kind}, expected was {kind}");
    }

    internal static T Json<T>(string name, ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return StrictJson.Read(json, type) ?? throw Errors.ObjectDamaged.Create(name, "it is empty");
        }
        catch (JsonException fault)
        {
            throw Errors.ObjectDamaged.CreateFrom(fault, name, $"its content is not what its kind holds ({fault.Message})");
        }
    }
}
