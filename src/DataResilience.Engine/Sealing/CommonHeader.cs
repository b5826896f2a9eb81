using System.Buffers.Binary;

namespace DataResilience.Engine.Sealing;

/// <summary>The 32 bytes that every object but <c>repository.json</c> begins with (docs/repository-format.md, 2).</summary>
/// <param name="Kind">What the object is.</param>
/// <param name="RepositoryId">The repository it belongs to.</param>
/// <param name="WriteFeatures">Features that a writer beside it must know; only those of the newest keyring matter.</param>
internal readonly record struct CommonHeader(ObjectKind Kind, ObjectId RepositoryId, uint WriteFeatures = 0)
{
    internal const int Size = 32;

    internal const uint Magic = 0x5345_5244; // "DRES"
    private const byte Version = 1;
    private const byte EcdhP256 = 1;
    private const byte Aes256Gcm = 1;
    private const uint KnownReadFeatures = 0;

    private const int VersionOffset = 5;
    private const int EncapsulationOffset = 6;
    private const int CipherOffset = 7;
    private const int ReadFeaturesOffset = 8;
    private const int WriteFeaturesOffset = 12;
    private const int RepositoryIdOffset = 16;

    internal void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, Magic);
        destination[4] = (byte)Kind;
        destination[VersionOffset] = Version;
        destination[EncapsulationOffset] = EcdhP256;
        destination[CipherOffset] = Aes256Gcm;
        BinaryPrimitives.WriteUInt32LittleEndian(destination[ReadFeaturesOffset..], KnownReadFeatures);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[WriteFeaturesOffset..], WriteFeatures);
        RepositoryId.Write(destination[RepositoryIdOffset..]);
    }

    /// <summary>Reads the header of an object of any known kind and any repository.</summary>
    /// <exception cref="DataResilienceException"><c>ObjectDamaged</c>, <c>ObjectUnsupported</c>.</exception>
    internal static CommonHeader Read(string name, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Size)
        {
            throw Errors.ObjectDamaged.Create(name, $"it has {bytes.Length} bytes and no whole header");
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic)
        {
            throw Errors.ObjectDamaged.Create(name, "it does not begin with DRES");
        }

        RequireKnown(name, "kind", bytes[4], Enum.IsDefined((ObjectKind)bytes[4]));
        RequireKnown(name, "version", bytes[VersionOffset], bytes[VersionOffset] == Version);
        RequireKnown(name, "key encapsulation", bytes[EncapsulationOffset], bytes[EncapsulationOffset] == EcdhP256);
        RequireKnown(name, "cipher", bytes[CipherOffset], bytes[CipherOffset] == Aes256Gcm);
        uint readFeatures = BinaryPrimitives.ReadUInt32LittleEndian(bytes[ReadFeaturesOffset..]);
        RequireKnown(name, "set of features", readFeatures, (readFeatures & ~KnownReadFeatures) == 0);
        return new CommonHeader(
            (ObjectKind)bytes[4],
            ObjectId.Read(bytes[RepositoryIdOffset..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[WriteFeaturesOffset..]));
    }

    /// <summary>Reads the header of an object that must be of one kind.</summary>
    /// <exception cref="DataResilienceException"><c>ObjectDamaged</c>, <c>ObjectUnsupported</c>.</exception>
    internal static CommonHeader Read(string name, ReadOnlySpan<byte> bytes, ObjectKind kind)
    {
        CommonHeader header = Read(name, bytes);
        return header.Kind == kind
            ? header
            : throw Errors.ObjectDamaged.Create(name, $"it is of the kind {header.Kind}, expected was {kind}");
    }

    /// <summary>Reads the header of an object that must be of one kind and one repository.</summary>
    /// <exception cref="DataResilienceException"><c>ObjectDamaged</c>, <c>ObjectUnsupported</c>.</exception>
    internal static CommonHeader Read(string name, ReadOnlySpan<byte> bytes, ObjectKind kind, ObjectId repositoryId)
    {
        CommonHeader header = Read(name, bytes, kind);
        return header.RepositoryId == repositoryId
            ? header
            : throw Errors.ObjectDamaged.Create(name, $"it belongs to the repository {header.RepositoryId}");
    }

    private static void RequireKnown(string name, string field, uint value, bool isKnown)
    {
        if (!isKnown)
        {
            throw Errors.ObjectUnsupported.Create(name, $"its {field} {value} is unknown");
        }
    }
}
