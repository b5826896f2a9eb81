using System.Buffers.Binary;
using System.Security.Cryptography;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Keys;

/// <summary>A slot object: a slot's two private keys, wrapped (docs/repository-format.md, 4.2).</summary>
internal sealed class SlotFile
{
    internal const int Size = HeadBytes + WrappedBytes;

    private const int ProtectionOffset = CommonHeader.Size + ObjectId.Size;
    private const int IterationsOffset = ProtectionOffset + 4;
    private const int SaltOffset = IterationsOffset + sizeof(uint);
    private const int WrappedLengthOffset = SaltOffset + KdfParameters.SaltBytes;
    private const int HeadBytes = WrappedLengthOffset + sizeof(uint);
    private const int WrappedBytes = (2 * P256.PrivateKeyBytes) + OnceOnlyGcm.TagBytes;
    private const byte Passphrase = 1;
    private const byte KeyFile = 2;

    private readonly byte[] bytes;

    private SlotFile(byte[] bytes) => this.bytes = bytes;

    internal ObjectId Id => ObjectId.Read(bytes.AsSpan(CommonHeader.Size));

    internal KeyProtection Protection => bytes[ProtectionOffset] == Passphrase ? KeyProtection.Passphrase : KeyProtection.KeyFile;

    internal uint Iterations => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(IterationsOffset));

    internal ReadOnlySpan<byte> Salt => bytes.AsSpan(SaltOffset, KdfParameters.SaltBytes);

    internal ReadOnlySpan<byte> Bytes => bytes;

    /// <exception cref="DataResilienceException"><c>ObjectDamaged</c>, <c>ObjectUnsupported</c>.</exception>
    internal static SlotFile Read(string name, byte[] bytes, ObjectId repositoryId)
    {
        CommonHeader.Read(name, bytes, ObjectKind.Slot, repositoryId);
        if (bytes.Length != Size || BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(WrappedLengthOffset)) != WrappedBytes)
        {
            throw Errors.ObjectDamaged.Create(name, $"its length of {bytes.Length} bytes is not that of a slot");
        }

        var slot = new SlotFile(bytes);
        if (bytes[ProtectionOffset] is not (Passphrase or KeyFile))
        {
            throw Errors.ObjectUnsupported.Create(name, $"its protection {bytes[ProtectionOffset]} is unknown");
        }

        bool isInBounds = slot.Protection == KeyProtection.KeyFile
            ? slot.Iterations == 0
            : slot.Iterations is >= KdfParameters.MinIterations and <= KdfParameters.MaxIterations;
        return isInBounds && name == KeyObjectNames.Slot(slot.Id) && bytes.AsSpan(ProtectionOffset + 1, 3).IndexOfAnyExcept((byte)0) < 0
            ? slot
            : throw Errors.ObjectDamaged.Create(name, "its id or its key derivation cannot be");
    }

    internal static SlotFile Seal(ObjectId repositoryId, ObjectId id, SlotSecrets secrets, SlotWrapping wrapping)
    {
        byte[] slot = new byte[Size];
        new CommonHeader(ObjectKind.Slot, repositoryId).Write(slot);
        id.Write(slot.AsSpan(CommonHeader.Size));
        slot[ProtectionOffset] = wrapping.Protection == KeyProtection.Passphrase ? Passphrase : KeyFile;
        BinaryPrimitives.WriteUInt32LittleEndian(slot.AsSpan(IterationsOffset), wrapping.Iterations);
        wrapping.Salt.CopyTo(slot.AsSpan(SaltOffset));
        BinaryPrimitives.WriteUInt32LittleEndian(slot.AsSpan(WrappedLengthOffset), WrappedBytes);
        byte[] plain = [.. secrets.EncryptionKey, .. secrets.SigningKey];
        byte[] key = wrapping.KeyOf(id);
        OnceOnlyGcm.Seal(key, plain, slot.AsSpan(HeadBytes), slot.AsSpan(0, HeadBytes));
        CryptographicOperations.ZeroMemory(plain);
        CryptographicOperations.ZeroMemory(key);
        return new SlotFile(slot);
    }

    /// <summary>Unwraps the private keys.</summary>
    /// <returns>Them; null if the key is another one's, or the slot was changed.</returns>
    internal SlotSecrets? TryOpen(SlotWrapping wrapping)
    {
        byte[] key = wrapping.KeyOf(Id);
        try
        {
            byte[] plain = OnceOnlyGcm.Open(key, bytes.AsSpan(HeadBytes), bytes.AsSpan(0, HeadBytes));
            var secrets = new SlotSecrets(plain[..P256.PrivateKeyBytes], plain[P256.PrivateKeyBytes..]);
            CryptographicOperations.ZeroMemory(plain);
            return secrets;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
