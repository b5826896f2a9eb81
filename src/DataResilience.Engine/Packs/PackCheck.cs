using System.Security.Cryptography;
using DataResilience.Engine.Chunking;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Sealing;
using DataResilience.Providers;

namespace DataResilience.Engine.Packs;

/// <summary>
/// Reads every byte of a pack once and checks it: with the catalog key the sealed bytes, as a Reader the plain ones too.
/// </summary>
internal sealed class PackCheck(IObjectStore store, IRepositoryKeys keys, PackBuffers buffers) : IDisposable
{
    private readonly ChunkOpener opener = new(keys);

    /// <exception cref="DataResilienceException">What the store throws. Everything wrong with the pack is in the result.</exception>
    internal async Task<PackCheckResult> RunAsync(ObjectId packId, CancellationToken cancellationToken)
    {
        string name = PackReference.NameOf(packId);
        byte[] buffer = await buffers.RentAsync(cancellationToken);
        try
        {
            // A buffer holds the largest pack there can be: what does not fit is none, and is refused by its size.
            int? length = await store.ReadAsync(name, 0, buffer, cancellationToken);
            return length is { } read
                ? await CheckAsync(packId, name, buffer.AsMemory(0, read), cancellationToken)
                : Result(null, [new ObjectFault(name, ProblemKind.Missing, ObjectFault.Whole, "it is not there")], 0);
        }
        finally
        {
            buffers.Return(buffer);
        }
    }

    public void Dispose() => opener.Dispose();

    private static PackCheckResult Result(PackFile? file, List<ObjectFault> faults, long bytesRead, bool contentOpened = false) =>
        new(file, faults, contentOpened, bytesRead);

    private async Task<PackCheckResult> CheckAsync(
        ObjectId packId, string name, ReadOnlyMemory<byte> pack, CancellationToken cancellationToken)
    {
        var bytes = ObjectBytes.InMemory(name, store.Location, pack);
        try
        {
            PackFile file = await new PackOpening(bytes, keys, packId).RunAsync(cancellationToken);
            bool opens = PackKeys.CanOpen(keys, file.Pack.Class);
            List<ObjectFault> faults = opens ? OpenChunks(file, pack.Span) : CheckChunks(file, pack.Span);
            return Result(file, faults, pack.Length, opens && opener.Identifies);
        }
        catch (DataResilienceException exception) when (ObjectFault.TryFind(exception, out ObjectFault? fault))
        {
            return Result(null, [fault], pack.Length);
        }
    }

    private static List<ObjectFault> CheckChunks(PackFile file, ReadOnlySpan<byte> pack)
    {
        var faults = new List<ObjectFault>();
        foreach (PackEntry entry in file.Entries)
        {
            if (ChunkOpener.Check(new ChunkLocation(file.Pack, entry), Sealed(entry, pack)) is { } fault)
            {
                faults.Add(fault);
            }
        }

        return faults;
    }

    private List<ObjectFault> OpenChunks(PackFile file, ReadOnlySpan<byte> pack)
    {
        var faults = new List<ObjectFault>();
        OpenedContentKey?[] contentKeys = [.. file.ContentKeys.Select(entry => Open(file, entry, faults))];
        foreach (PackEntry entry in file.Entries)
        {
            var location = new ChunkLocation(file.Pack, entry);
            ObjectFault? fault = ChunkOpener.Check(location, Sealed(entry, pack));
            if (fault is null && contentKeys[entry.KeyNumber] is { } key)
            {
                using PlainChunk? chunk = opener.Open(location, key.Entry, key.Key, Sealed(entry, pack), out fault);
            }

            if (fault is not null)
            {
                faults.Add(fault);
            }
        }

        return faults;
    }

    private OpenedContentKey? Open(PackFile file, PackContentKey entry, List<ObjectFault> faults)
    {
        try
        {
            return new OpenedContentKey(entry, PackKeys.Open(keys, entry, file.Pack.Class));
        }
        catch (CryptographicException exception)
        {
            string detail = $"a content key does not open: {exception.Message}";
            faults.Add(new ObjectFault(file.Pack.Name, ProblemKind.Mismatch, ObjectFault.ContentKeys, detail));
            return null;
        }
    }

    private static ReadOnlySpan<byte> Sealed(PackEntry entry, ReadOnlySpan<byte> pack) =>
        pack.Slice((int)entry.Offset, (int)entry.SealedLength);
}
