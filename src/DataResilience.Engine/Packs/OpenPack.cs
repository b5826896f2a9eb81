using System.Security.Cryptography;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Packs;

/// <summary>
/// A pack while it is being filled. Places are given one after the other; many threads seal into theirs at once. The content key
/// lives here only and is wiped when the last place is filled: after that this run cannot read the pack either.
/// </summary>
internal sealed class OpenPack
{
    private readonly Lock gate = new();
    private readonly TaskCompletionSource filled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<PackEntry> entries = [];
    private readonly IRepositoryKeys keys;
    private readonly byte[] contentKey;
    private readonly PackContentKey contentKeyEntry;
    private readonly PackHeader header;
    private int length;
    private int unfilled;
    private bool closed;

    internal OpenPack(byte[] buffer, PackClass packClass, IRepositoryKeys keys, IRandomSource random)
    {
        Buffer = buffer;
        this.keys = keys;
        Id = ObjectId.New(random);
        (contentKeyEntry, contentKey) = PackKeys.New(keys, random, packClass);
        header = new PackHeader(keys.RepositoryId, Id, keys.SlotId, packClass, KeyCount: 1);
        header.Write(buffer);
        contentKeyEntry.Write(buffer.AsSpan(PackHeader.Size));
        length = header.EndOfKeys;
    }

    internal ObjectId Id { get; }

    internal byte[] Buffer { get; }

    /// <summary>Done when the pack is closed and every place in it is filled.</summary>
    internal Task Filled => filled.Task;

    internal bool IsEmpty
    {
        get
        {
            lock (gate)
            {
                return entries.Count == 0;
            }
        }
    }

    internal bool IsFull
    {
        get
        {
            lock (gate)
            {
                return length >= PackLimits.ClosedAtBytes || entries.Count == PackLimits.MaxChunks;
            }
        }
    }

    /// <summary>Gives a place and a nonce. The entry comes without them and without its hash.</summary>
    internal Reservation Reserve(PackEntry wanted)
    {
        lock (gate)
        {
            if (closed || IsFull)
            {
                throw new InvalidOperationException("The pack takes no further chunk.");
            }

            PackEntry entry = wanted with { KeyNumber = 0, Nonce = (ulong)entries.Count, Offset = (ulong)length };
            entries.Add(entry);
            length += (int)entry.SealedLength;
            unfilled++;
            return new Reservation(this, entries.Count - 1, entry);
        }
    }

    /// <summary>
    /// Seals into a reserved place. Whatever happens, the place counts as filled: a failure spoils the whole run.
    /// </summary>
    internal void Fill(Reservation place, ReadOnlySpan<byte> data)
    {
        Span<byte> destination = Buffer.AsSpan((int)place.Entry.Offset, (int)place.Entry.SealedLength);
        Sha256Hash hash = default;
        try
        {
            SealedChunk.Seal(contentKey, keys.RepositoryId, contentKeyEntry.Id, place.Entry, data, destination);
            hash = Sha256Hash.Of(destination);
        }
        finally
        {
            EndFill(place.Number, hash);
        }
    }

    internal void Close()
    {
        lock (gate)
        {
            closed = true;
            EndIfFilled();
        }
    }

    /// <summary>Writes chunk table and trailer behind the chunks of a filled pack.</summary>
    internal PackSummary Finish(IRandomSource random)
    {
        int tableOffset = length;
        byte[] table = ChunkTable.Seal(keys, random, Id, entries.ToArray());
        Sha256Hash hash = Sha256Hash.Of(Buffer.AsSpan(0, header.EndOfKeys), table);
        byte[] trailer = SignedTrailer.Sign(keys, ObjectKind.Pack, Id, (ulong)tableOffset, (uint)table.Length, hash);
        table.CopyTo(Buffer, tableOffset);
        trailer.CopyTo(Buffer, tableOffset + table.Length);
        int size = tableOffset + table.Length + trailer.Length;
        return new PackSummary(new PackReference(Id, size, header.Class, keys.SlotId, hash), entries);
    }

    private void EndFill(int number, Sha256Hash hash)
    {
        lock (gate)
        {
            entries[number] = entries[number] with { SealedHash = hash };
            unfilled--;
            EndIfFilled();
        }
    }

    private void EndIfFilled()
    {
        if (closed && unfilled == 0)
        {
            CryptographicOperations.ZeroMemory(contentKey);
            filled.TrySetResult();
        }
    }
}
