using System.Security.Cryptography;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Packs;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Index;

/// <summary>Reads and checks everything of an index but its pages.</summary>
internal sealed class IndexOpening(ObjectBytes bytes, IRepositoryKeys keys, ObjectId indexId)
{
    // Holds the directory of an index of some 400 packs besides the trailer: one read for most.
    private const int TailBytes = 32 << 10;

    internal const long MaxBytes = IndexHeader.Size
        + (IndexLimits.MaxEntries * (long)IndexEntry.Size) + (IndexLimits.MaxPages * IndexSeal.TagBytes)
        + IndexDirectory.MaxSealedBytes + SignedTrailer.Size;

    internal async Task<IndexFile> RunAsync(CancellationToken cancellationToken)
    {
        if (bytes.Size is < IndexHeader.Size + SignedTrailer.Size or > MaxBytes)
        {
            throw bytes.Corrupt(ObjectFault.Whole, $"no index has {bytes.Size} bytes");
        }

        ReadOnlyMemory<byte> head = await bytes.ReadAsync(0, IndexHeader.Size, cancellationToken);
        int tailLength = (int)Math.Min(bytes.Size, TailBytes);
        ReadOnlyMemory<byte> tail = await bytes.ReadAsync(bytes.Size - tailLength, tailLength, cancellationToken);
        var frame = new SignedFrame(bytes, keys, ObjectKind.Index, indexId, IndexDirectory.MaxSealedBytes);
        SignedTrailer trailer = frame.CheckTrailer(head.Span, tail.Span[^SignedTrailer.Size..]);
        ReadOnlyMemory<byte> directory = await ReadDirectoryAsync(trailer, tail, cancellationToken);
        return Sha256Hash.Of(head.Span, directory.Span) == trailer.Hash
            ? Open(head, directory.Span, trailer)
            : throw await DamageAsync(head, cancellationToken);
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadDirectoryAsync(
        SignedTrailer trailer, ReadOnlyMemory<byte> tail, CancellationToken cancellationToken)
    {
        int length = (int)trailer.TableLength;
        return length + SignedTrailer.Size <= tail.Length
            ? tail[^(length + SignedTrailer.Size)..^SignedTrailer.Size]
            : await bytes.ReadAsync((long)trailer.TableOffset, length, cancellationToken);
    }

    private IndexFile Open(ReadOnlyMemory<byte> head, ReadOnlySpan<byte> sealedDirectory, SignedTrailer trailer)
    {
        bytes.RequireKnown(head.Span, ObjectKind.Index);
        var header = IndexHeader.ReadUnchecked(head.Span);
        if (header.Oddity(keys.RepositoryId, indexId, keys.Generation) is { } oddity)
        {
            throw bytes.Mismatch(ObjectFault.Header, oddity);
        }

        var seal = new IndexSeal(keys, head.ToArray());
        IndexDirectory directory = OpenDirectory(seal, sealedDirectory, (int)header.PageCount);
        return directory.Oddity((int)header.EntryCount, (long)trailer.TableOffset) is { } wrong
            ? throw bytes.Mismatch(ObjectFault.Directory, wrong)
            : new IndexFile(bytes, indexId, trailer.Signer, seal, directory);
    }

    private IndexDirectory OpenDirectory(IndexSeal seal, ReadOnlySpan<byte> sealedDirectory, int pageCount)
    {
        try
        {
            return IndexDirectory.Read(seal.Open(IndexSeal.DirectoryCounter, sealedDirectory), pageCount);
        }
        catch (Exception exception) when (exception is CryptographicException or InvalidDataException)
        {
            throw bytes.Mismatch(ObjectFault.Directory, $"it cannot be opened: {exception.Message}", exception);
        }
    }

    /// <summary>
    /// The signed hash is that of another header or directory. The first page tells which: its length follows from the number of
    /// entries, and it opens only with the header as it was.
    /// </summary>
    private async Task<DataResilienceException> DamageAsync(ReadOnlyMemory<byte> head, CancellationToken cancellationToken)
    {
        var header = IndexHeader.ReadUnchecked(head.Span);
        if (header.Oddity(keys.RepositoryId, indexId, keys.Generation) is { } oddity)
        {
            return bytes.Corrupt(ObjectFault.Header, oddity);
        }

        int pageLength = (IndexLimits.EntriesInPage(0, (int)header.EntryCount) * IndexEntry.Size) + IndexSeal.TagBytes;
        if (IndexHeader.Size + pageLength + SignedTrailer.Size > bytes.Size)
        {
            return bytes.Corrupt(ObjectFault.Header, $"it states {header.EntryCount} entries, for which there is no room");
        }

        ReadOnlyMemory<byte> page = await bytes.ReadAsync(IndexHeader.Size, pageLength, cancellationToken);
        return OpensFirstPage(head, page.Span)
            ? bytes.Corrupt(ObjectFault.Directory, "it is not the one that was signed")
            : bytes.Corrupt(ObjectFault.Header, "it is not the one that was signed");
    }

    private bool OpensFirstPage(ReadOnlyMemory<byte> head, ReadOnlySpan<byte> page)
    {
        try
        {
            new IndexSeal(keys, head.ToArray()).Open(IndexSeal.CounterOfPage(0), page);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
