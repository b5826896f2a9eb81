using System.Security.Cryptography;
using DataResilience.Engine.Chunking;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Packs;
using DataResilience.Engine.Sealing;
using DataResilience.Providers;

namespace DataResilience.Engine.Index;

/// <summary>
/// An index object whose header, directory, trailer and signature were found right. Pages are read when they are needed.
/// </summary>
internal sealed class IndexFile
{
    internal const string Folder = "index/";

    private readonly ObjectBytes bytes;
    private readonly IndexSeal seal;
    private readonly IndexDirectory directory;

    internal IndexFile(ObjectBytes bytes, ObjectId id, ObjectId signer, IndexSeal seal, IndexDirectory directory)
    {
        this.bytes = bytes;
        Id = id;
        Signer = signer;
        this.seal = seal;
        this.directory = directory;
    }

    internal ObjectId Id { get; }

    /// <summary>The slot that signed it, whose claims its entries are.</summary>
    internal ObjectId Signer { get; }

    internal string Name => NameOf(Id);

    internal IReadOnlyList<PackReference> Packs => directory.Packs;

    internal IReadOnlyList<IndexPage> Pages => directory.Pages;

    internal static string NameOf(ObjectId id) => Folder + id;

    /// <exception cref="DataResilienceException">
    /// <c>ObjectMissing</c>, <c>ObjectDamaged</c> with an <see cref="ObjectFault"/>; <c>ObjectUnsupported</c>.
    /// </exception>
    internal static async Task<IndexFile> OpenAsync(
        IObjectStore store, IRepositoryKeys keys, ObjectId indexId, long? knownSize, CancellationToken cancellationToken)
    {
        ObjectBytes found = await ObjectBytes.FindAsync(store, NameOf(indexId), knownSize, cancellationToken);
        return await new IndexOpening(found, keys, indexId).RunAsync(cancellationToken);
    }

    /// <summary>Reads every byte of an index once and checks it, pages included.</summary>
    /// <exception cref="DataResilienceException">As above.</exception>
    internal static async Task CheckAsync(
        IObjectStore store, IRepositoryKeys keys, ObjectId indexId, long size, CancellationToken cancellationToken)
    {
        ObjectBytes whole = ObjectBytes.InStore(store, NameOf(indexId), size);
        if (size <= IndexOpening.MaxBytes)
        {
            whole = ObjectBytes.InMemory(whole.Name, whole.Location, await whole.ReadAsync(0, (int)size, cancellationToken));
        }

        IndexFile file = await new IndexOpening(whole, keys, indexId).RunAsync(cancellationToken);
        await file.CheckPagesAsync(cancellationToken);
    }

    /// <exception cref="DataResilienceException">
    /// <c>ObjectMissing</c>, <c>ObjectDamaged</c> with an <see cref="ObjectFault"/>.
    /// </exception>
    internal async Task<IndexPageContent> ReadPageAsync(int number, CancellationToken cancellationToken)
    {
        IndexPage page = directory.Pages[number];
        string part = ObjectFault.Page(number);
        ReadOnlyMemory<byte> sealedBytes = await bytes.ReadAsync(page.Offset, page.Length, cancellationToken);
        if (Sha256Hash.Of(sealedBytes.Span) != page.SealedHash)
        {
            throw Fault(ProblemKind.Corrupt, part, "its sealed bytes are not those that were written");
        }

        var content = new IndexPageContent(Open(number, sealedBytes.Span, part));
        return content.Oddity(page.First, directory.Packs.Count) is { } oddity
            ? throw Fault(ProblemKind.Mismatch, part, oddity)
            : content;
    }

    /// <summary>Reads every page, which finds any damage there is.</summary>
    /// <exception cref="DataResilienceException">
    /// <c>ObjectMissing</c>, <c>ObjectDamaged</c> with an <see cref="ObjectFault"/>.
    /// </exception>
    internal async Task CheckPagesAsync(CancellationToken cancellationToken)
    {
        for (int i = 0; i < directory.Pages.Count; i++)
        {
            await ReadPageAsync(i, cancellationToken);
        }
    }

    /// <summary>The number of the first page that may hold a chunk, or the number of pages if none can.</summary>
    internal int FirstPageFor(ChunkId id)
    {
        int low = 0;
        int high = directory.Pages.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = directory.Pages[middle].First < id ? (middle + 1, high) : (low, middle);
        }

        // The page before the first that begins at or above the id: the same chunk in several packs may end one page and begin
        // the next.
        bool isBelowAll = low == 0 && (directory.Pages.Count == 0 || directory.Pages[0].First != id);
        return isBelowAll ? directory.Pages.Count : Math.Max(0, low - 1);
    }

    private byte[] Open(int number, ReadOnlySpan<byte> sealedBytes, string part)
    {
        try
        {
            return seal.Open(IndexSeal.CounterOfPage(number), sealedBytes);
        }
        catch (CryptographicException exception)
        {
            throw Fault(ProblemKind.Mismatch, part, "it does not open", exception);
        }
    }

    private DataResilienceException Fault(ProblemKind kind, string part, string detail, Exception? cause = null) =>
        new ObjectFault(Name, kind, part, detail).ToException(bytes.Location, cause);
}
