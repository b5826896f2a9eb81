using System.Security.Cryptography;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Packs;

/// <summary>
/// Reads and checks everything of a pack but its chunks: the trailer first, then what it covers. The signature covers the
/// trailer's hash, so once it is right, every other difference is damage whose part can be told.
/// </summary>
internal sealed class PackOpening(ObjectBytes bytes, IRepositoryKeys keys, ObjectId packId)
{
    // One read for the header with a single content key, and one for the trailer with the table of some 300 chunks.
    private const int HeadBytes = 1024;
    private const int TailBytes = 32 << 10;

    internal async Task<PackFile> RunAsync(CancellationToken cancellationToken)
    {
        RequireSize();
        ReadOnlyMemory<byte> head = await bytes.ReadAsync(0, (int)Math.Min(bytes.Size, HeadBytes), cancellationToken);
        ReadOnlyMemory<byte> tail = await bytes.ReadAsync(bytes.Size - TailLength, TailLength, cancellationToken);
        SignedTrailer trailer = Frame.CheckTrailer(head.Span, tail.Span[^SignedTrailer.Size..]);
        ReadOnlyMemory<byte> table = await ReadTableAsync(trailer, tail, cancellationToken);
        var header = PackHeader.ReadUnchecked(head.Span);
        head = await ReadHeadAsync(header, head, trailer, cancellationToken);
        PackEntry[] entries = CheckHash(header, head.Span, table.Span, trailer);
        CheckEntries(header, entries, trailer);
        var reference = new PackReference(packId, bytes.Size, header.Class, header.SlotId, trailer.Hash);
        return new PackFile(reference, ReadKeys(header, head.Span), entries);
    }

    private SignedFrame Frame => new(bytes, keys, ObjectKind.Pack, packId, ChunkTable.MaxSealedBytes);

    private int TailLength => (int)Math.Min(bytes.Size, TailBytes);

    private void RequireSize()
    {
        if (bytes.Size is < PackHeader.Size + SignedTrailer.Size or > PackLimits.MaxPackBytes)
        {
            throw bytes.Corrupt(ObjectFault.Whole, $"no pack has {bytes.Size} bytes");
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadTableAsync(
        SignedTrailer trailer, ReadOnlyMemory<byte> tail, CancellationToken cancellationToken)
    {
        int length = (int)trailer.TableLength;
        return length + SignedTrailer.Size <= tail.Length
            ? tail[^(length + SignedTrailer.Size)..^SignedTrailer.Size]
            : await bytes.ReadAsync((long)trailer.TableOffset, length, cancellationToken);
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadHeadAsync(
        PackHeader header, ReadOnlyMemory<byte> head, SignedTrailer trailer, CancellationToken cancellationToken)
    {
        int end = header.EndOfKeys;
        if ((ulong)end > trailer.TableOffset)
        {
            throw bytes.Corrupt(ObjectFault.Header, $"it states {header.KeyCount} content keys, for which there is no room");
        }

        return end <= head.Length ? head[..end] : await bytes.ReadAsync(0, end, cancellationToken);
    }

    /// <summary>Compares what the signed hash covers, and says which of the three parts differs.</summary>
    private PackEntry[] CheckHash(PackHeader header, ReadOnlySpan<byte> head, ReadOnlySpan<byte> table, SignedTrailer trailer)
    {
        bool isRight = Sha256Hash.Of(head, table) == trailer.Hash;
        PackEntry[] entries = OpenTable(table, isRight);
        string? oddity = isRight ? Oddity(header, head, trailer) : HeaderDamage(header, head, trailer);
        if (oddity is not null)
        {
            throw isRight ? bytes.Mismatch(ObjectFault.Header, oddity) : bytes.Corrupt(ObjectFault.Header, oddity);
        }

        if (!isRight && (ulong)header.EndOfKeys != entries[0].Offset)
        {
            throw bytes.Corrupt(ObjectFault.Header, $"it states {header.KeyCount} content keys, the first chunk lies elsewhere");
        }

        // The table opened, so its seal is whole, and no field of the header is wrong: what is left are the content keys.
        return isRight ? entries : throw bytes.Corrupt(ObjectFault.ContentKeys, "they are not those that were signed");
    }

    private PackEntry[] OpenTable(ReadOnlySpan<byte> table, bool hashIsRight)
    {
        try
        {
            return ChunkTable.Open(keys, bytes.Name, packId, table);
        }
        catch (Exception exception) when (exception is CryptographicException or InvalidDataException)
        {
            string detail = $"it cannot be opened: {exception.Message}";
            throw hashIsRight
                ? bytes.Mismatch(ObjectFault.ChunkTable, detail, exception)
                : bytes.Corrupt(ObjectFault.ChunkTable, detail, exception);
        }
    }

    private string? Oddity(PackHeader header, ReadOnlySpan<byte> head, SignedTrailer trailer)
    {
        bytes.RequireKnown(head, ObjectKind.Pack);
        return header.Oddity(head, keys.RepositoryId, packId, trailer.Signer);
    }

    /// <summary>
    /// What is damaged in the header, in which a version or feature that is unknown is damage too: the signature says version 1.
    /// </summary>
    private string? HeaderDamage(PackHeader header, ReadOnlySpan<byte> head, SignedTrailer trailer)
    {
        try
        {
            CommonHeader common = CommonHeader.Read(bytes.Name, head, ObjectKind.Pack);
            return common.WriteFeatures == 0
                ? header.Oddity(head, keys.RepositoryId, packId, trailer.Signer)
                : $"it states the write features {common.WriteFeatures}";
        }
        catch (DataResilienceException exception)
        {
            return exception.Message;
        }
    }

    private void CheckEntries(PackHeader header, PackEntry[] entries, SignedTrailer trailer)
    {
        ulong end = (ulong)header.EndOfKeys;
        foreach (PackEntry entry in entries)
        {
            string? oddity = entry.Impossibility(header.Class);
            if (oddity is not null || entry.KeyNumber >= header.KeyCount)
            {
                throw bytes.Mismatch(
                    ObjectFault.Chunk(entry.Id), oddity ?? $"it states the content key {entry.KeyNumber} of {header.KeyCount}");
            }

            if (entry.Offset != end)
            {
                throw bytes.Mismatch(
                    ObjectFault.Chunk(entry.Id), $"it begins at {entry.Offset}, the one before it ended at {end}");
            }

            end = entry.End;
        }

        if (end != trailer.TableOffset)
        {
            throw bytes.Mismatch(
                ObjectFault.ChunkTable, $"the last chunk ends at {end}, the table begins at {trailer.TableOffset}");
        }
    }

    private static PackContentKey[] ReadKeys(PackHeader header, ReadOnlySpan<byte> head)
    {
        int size = PackContentKey.SizeIn(header.Class);
        var contentKeys = new PackContentKey[header.KeyCount];
        for (int i = 0; i < contentKeys.Length; i++)
        {
            contentKeys[i] = PackContentKey.Read(head[(PackHeader.Size + (i * size))..], header.Class);
        }

        return contentKeys;
    }
}
