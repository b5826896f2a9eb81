using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using DataResilience.Engine.Keys;

namespace DataResilience.Engine.Sealing;

/// <summary>Seals and opens manifests, deletions, verifications and locks (docs/repository-format.md, 5).</summary>
internal sealed class RecordSealer(IRandomSource random)
{
    /// <summary>The most plain bytes of a record, and the most bytes of its sealed payload.</summary>
    internal const int MaxPlainBytes = 256 * 1024 * 1024;

    private const int SaltOffset = CommonHeader.Size + sizeof(uint);
    private const int LengthOffset = SaltOffset + SaltBytes;
    private const int PayloadOffset = LengthOffset + sizeof(uint);
    private const int SaltBytes = 32;
    private const int TrailerBytes = ObjectId.Size + P256.SignatureBytes;

    /// <exception cref="DataResilienceException"><c>RoleRequired</c>.</exception>
    internal byte[] Seal(ObjectKind kind, string name, ReadOnlySpan<byte> plainJson, IRepositoryKeys keys, RecordSigner signer)
    {
        RequireFit(kind, plainJson.Length, signer);
        byte[] packed = Packing.Pack(plainJson);
        byte[] record = new byte[PayloadOffset + packed.Length + OnceOnlyGcm.TagBytes + TrailerBytes];
        WriteHead(record, kind, keys, packed.Length + OnceOnlyGcm.TagBytes);
        byte[] key = RecordKey(keys.CatalogKey(keys.Generation), record, name);
        OnceOnlyGcm.Seal(key, packed, record.AsSpan(PayloadOffset..^TrailerBytes), Bound(record, name));
        CryptographicOperations.ZeroMemory(key);
        Sign(record, name, keys, signer);
        return record;
    }

    /// <summary>Verifies the signature, then opens. A copy is opened under the name of its original.</summary>
    /// <exception cref="DataResilienceException"><c>ObjectDamaged</c>, <c>ObjectUnsupported</c>.</exception>
    internal static OpenedRecord Open(string name, ReadOnlySpan<byte> bytes, IRepositoryKeys keys)
    {
        CommonHeader header = CommonHeader.Read(name, bytes);
        RequireRecord(name, bytes, header, keys.RepositoryId);
        ObjectId signer = ObjectId.Read(bytes[^TrailerBytes..]);
        byte[] message = SignedMessage(bytes, name);
        ReadOnlySpan<byte> signature = bytes[^P256.SignatureBytes..];
        RequireSigner(name, header.Kind, signer, keys);
        if (!keys.Verify(signer, message, signature))
        {
            throw Errors.ObjectDamaged.Create(name, "its signature is wrong");
        }

        byte[] sha256 = SHA256.HashData(bytes);
        byte[] plain = Packing.Unpack(name, OpenPayload(name, bytes, keys), MaxPlainBytes);
        return new OpenedRecord(header.Kind, plain, signer, sha256, keys.IsRevoked(signer, message, signature, sha256));
    }

    private void WriteHead(Span<byte> record, ObjectKind kind, IRepositoryKeys keys, int payloadLength)
    {
        new CommonHeader(kind, keys.RepositoryId).Write(record);
        BinaryPrimitives.WriteUInt32LittleEndian(record[CommonHeader.Size..], keys.Generation);
        random.Fill(record.Slice(SaltOffset, SaltBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(record[LengthOffset..], (uint)payloadLength);
    }

    private static void Sign(Span<byte> record, string name, IRepositoryKeys keys, RecordSigner signer)
    {
        ObjectId id = signer == RecordSigner.Admin ? ObjectId.Zero : keys.SlotId;
        id.Write(record[^TrailerBytes..]);
        byte[] message = SignedMessage(record, name);
        byte[] signature = signer == RecordSigner.Admin ? keys.SignAsAdmin(message) : keys.Sign(message);
        signature.CopyTo(record[^P256.SignatureBytes..]);
    }

    private static byte[] OpenPayload(string name, ReadOnlySpan<byte> bytes, IRepositoryKeys keys)
    {
        uint generation = BinaryPrimitives.ReadUInt32LittleEndian(bytes[CommonHeader.Size..]);
        try
        {
            byte[] key = RecordKey(keys.CatalogKey(generation), bytes, name);
            byte[] packed = OnceOnlyGcm.Open(key, bytes[PayloadOffset..^TrailerBytes], Bound(bytes, name));
            CryptographicOperations.ZeroMemory(key);
            return packed;
        }
        catch (CryptographicException exception)
        {
            throw Errors.ObjectDamaged.CreateFrom(exception, name, $"it does not open with the catalog key of generation {generation}");
        }
    }

    private static byte[] RecordKey(byte[] catalogKey, ReadOnlySpan<byte> record, string name)
    {
        byte[] key = KeyDerivation.Derive(catalogKey, record.Slice(SaltOffset, SaltBytes), $"DataResilience/1 record\0{name}");
        CryptographicOperations.ZeroMemory(catalogKey);
        return key;
    }

    private static byte[] Bound(ReadOnlySpan<byte> record, string name) =>
        [.. record[..PayloadOffset], .. Encoding.UTF8.GetBytes(name)];

    private static byte[] SignedMessage(ReadOnlySpan<byte> record, string name) =>
        [.. "DataResilience/1 signature\0"u8, .. Encoding.UTF8.GetBytes(name), 0, .. record[..^P256.SignatureBytes]];

    private static void RequireFit(ObjectKind kind, int plainLength, RecordSigner signer)
    {
        if (!IsRecord(kind) || plainLength > MaxPlainBytes - Packing.HeaderBytes - OnceOnlyGcm.TagBytes)
        {
            throw new ArgumentException($"A {kind} of {plainLength} bytes is no record.", nameof(kind));
        }

        if ((signer == RecordSigner.Admin) != (kind == ObjectKind.Deletion))
        {
            throw new ArgumentException($"A {kind} is not signed by {signer}.", nameof(signer));
        }
    }

    private static void RequireRecord(string name, ReadOnlySpan<byte> bytes, CommonHeader header, ObjectId repositoryId)
    {
        if (!IsRecord(header.Kind))
        {
            throw Errors.ObjectDamaged.Create(name, $"it is of the kind {header.Kind}, which is no record");
        }

        if (header.RepositoryId != repositoryId)
        {
            throw Errors.ObjectDamaged.Create(name, $"it belongs to the repository {header.RepositoryId}");
        }

        long expected = bytes.Length < PayloadOffset
            ? -1
            : PayloadOffset + (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes[LengthOffset..]) + TrailerBytes;
        if (bytes.Length != expected || bytes.Length > PayloadOffset + MaxPlainBytes + TrailerBytes)
        {
            throw Errors.ObjectDamaged.Create(name, $"its length of {bytes.Length} bytes is not the stated one");
        }
    }

    /// <summary>Who may sign what (5): a slot's roles never change, so this holds for removed slots too.</summary>
    private static void RequireSigner(string name, ObjectKind kind, ObjectId signer, IRepositoryKeys keys)
    {
        bool mayHaveSigned = kind switch
        {
            ObjectKind.Deletion => signer == ObjectId.Zero,
            ObjectKind.Manifest => keys.RolesOf(signer) is { } roles && roles.HasFlag(RepositoryRole.Writer),
            _ => keys.RolesOf(signer) is not null,
        };
        if (!mayHaveSigned)
        {
            throw Errors.ObjectDamaged.Create(name, $"{signer}, which signed it, is not a key that may sign a {kind}");
        }
    }

    private static bool IsRecord(ObjectKind kind) => kind is >= ObjectKind.Manifest and <= ObjectKind.Lock;
}
