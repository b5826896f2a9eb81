using DataResilience.Engine.Chunking;
using DataResilience.Engine.Packs;
using DataResilience.Engine.Repository;

namespace DataResilience.Engine.Verification;

/// <summary>Holds one backup against the index and against what was found in the packs: is every chunk it names there and whole?</summary>
internal sealed class BackupCheck(BackupContents contents, PackFindings packs, bool opens)
{
    private readonly Dictionary<(string Object, string Table, ProblemKind Kind), FoundProblem> problems = [];
    private long total;
    private long found;
    private long sealedBytes;

    internal ChunkCount Chunks => new(total, found, sealedBytes);

    internal IEnumerable<IntegrityProblem> Problems => problems.Select(pair => new IntegrityProblem
    {
        Object = pair.Key.Object,
        Table = pair.Key.Table,
        Kind = pair.Key.Kind,
        Expected = "the chunks that the manifest names",
        Actual = pair.Value.Chunks == 1 ? pair.Value.Detail : $"{pair.Value.Detail}; {pair.Value.Chunks} chunks are concerned",
        Recoverable = pair.Value.Recoverable,
    });

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (string id in contents.Manifest.Schema)
        {
            await CheckAsync(ChunkSource.ParseId(id), "", cancellationToken);
        }

        foreach (ManifestTable table in contents.Manifest.Tables)
        {
            await CheckAsync(table, cancellationToken);
        }
    }

    private async Task CheckAsync(ManifestTable table, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (ChunkId id in contents.ListAllAsync(table, cancellationToken))
            {
                await CheckAsync(id, table.QualifiedName, cancellationToken);
            }
        }
        catch (DataResilienceException failure) when (ObjectFault.TryFind(failure, out ObjectFault? fault))
        {
            // The list itself is damaged: which chunks the table has is not known any more.
            Add(Frame(fault), table.QualifiedName, recoverable: false);
            total += table.Chunks;
        }
    }

    private async Task CheckAsync(ChunkId id, string table, CancellationToken cancellationToken)
    {
        total++;
        IReadOnlyList<ChunkLocation> locations = await contents.Chunks.Index.FindAsync(id, cancellationToken);
        if (locations.Count == 0)
        {
            Add(new ObjectFault(ObjectFault.Chunk(id), ProblemKind.Missing, ObjectFault.Whole, "no pack that can be read has it"), table, recoverable: false);
            return;
        }

        var faults = new List<ObjectFault>();
        ChunkLocation? whole = null;
        foreach (ChunkLocation location in locations)
        {
            if (await FindFaultAsync(location, table, cancellationToken) is { } fault)
            {
                faults.Add(fault);
            }
            else
            {
                whole ??= location;
            }
        }

        faults.ForEach(fault => Add(fault, table, recoverable: whole is not null));
        if (whole is { } sound)
        {
            found++;
            sealedBytes += sound.Entry.SealedLength;
        }
    }

    private async Task<ObjectFault?> FindFaultAsync(ChunkLocation location, string table, CancellationToken cancellationToken)
    {
        if (!contents.Chunks.Index.Packs.TryGetValue(location.Pack.Id, out long size))
        {
            return new ObjectFault(location.Pack.Name, ProblemKind.Missing, ObjectFault.Whole, "it is not there");
        }

        if (!packs.WasRead)
        {
            return size == location.Pack.Size
                ? null
                : new ObjectFault(location.Pack.Name, ProblemKind.Corrupt, ObjectFault.Whole, $"it has {size} bytes, written were {location.Pack.Size}");
        }

        if (!packs.Contents.TryGetValue(location.Pack.Id, out PackContents? pack))
        {
            return await ReadAloneAsync(location, table, cancellationToken);
        }

        return pack.Holds(location.Entry)
            ? packs.Damaged.GetValueOrDefault((location.Pack.Id, ObjectFault.Chunk(location.Id)))
            : new ObjectFault(location.Pack.Name, ProblemKind.Mismatch, ObjectFault.Chunk(location.Id), "an index says that it is here, and the pack has no such chunk");
    }

    /// <summary>The pack's own table cannot be trusted, or the pack was not read; but the index knows the chunk: it may well be whole.</summary>
    private async Task<ObjectFault?> ReadAloneAsync(ChunkLocation location, string table, CancellationToken cancellationToken)
    {
        ObjectFault? frame = packs.Frames.GetValueOrDefault(location.Pack.Id);
        bool canOpen = opens || location.Pack.Class == PackClass.Catalog;
        if (frame?.Part == ObjectFault.ContentKeys && !canOpen)
        {
            // Sealed bytes that are whole are worth nothing without the key, and only a Reader can tell which key it is.
            return frame;
        }

        try
        {
            if (canOpen)
            {
                (await contents.Chunks.Packs.ReadAsync(location, cancellationToken)).Dispose();
            }
            else
            {
                await contents.Chunks.Packs.CheckSealedAsync(location, cancellationToken);
            }

            if (frame is not null)
            {
                Add(frame, table, recoverable: true);
            }

            return null;
        }
        catch (DataResilienceException failure) when (ObjectFault.TryFind(failure, out ObjectFault? fault))
        {
            return Frame(fault);
        }
    }

    /// <summary>Another object under this name: that says more than that the chunk is not in it.</summary>
    private ObjectFault Frame(ObjectFault fault) =>
        packs.Faults.FirstOrDefault(frame => frame.Object == fault.Object && frame.Part == ObjectFault.Whole) ?? fault;

    private void Add(ObjectFault fault, string table, bool recoverable)
    {
        (string, string, ProblemKind) key = (fault.Object, table, fault.Kind);
        problems[key] = problems.TryGetValue(key, out FoundProblem? known)
            ? known with { Chunks = known.Chunks + 1, Recoverable = known.Recoverable && recoverable }
            : new FoundProblem($"{fault.Part}: {fault.Detail}", 1, recoverable);
    }

    private sealed record FoundProblem(string Detail, int Chunks, bool Recoverable);
}
