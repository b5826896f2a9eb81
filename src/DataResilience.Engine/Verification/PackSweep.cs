using System.Collections.Concurrent;
using DataResilience.Engine.Operations;
using DataResilience.Engine.Packs;
using DataResilience.Engine.Repository;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Verification;

/// <summary>Reads packs whole, several at once, and gathers what is wrong with them.</summary>
internal sealed class PackSweep(OpenedRepository repository, EngineServices services, IOperationReporter reporter)
{
    // Each has a buffer of 21 MiB.
    private const int MostReaders = 3;

    private readonly ConcurrentBag<ObjectFault> faults = [];
    private readonly ConcurrentDictionary<ObjectId, ObjectFault> frames = new();
    private readonly ConcurrentDictionary<(ObjectId, string), ObjectFault> damaged = new();
    private readonly ConcurrentDictionary<ObjectId, PackContents> contents = new();
    private readonly ConcurrentDictionary<ObjectId, PackReference> openedWhole = new();
    private readonly long seed = DrawSeed(services.Random);
    private long chunks;

    internal async Task<PackFindings> RunAsync(IReadOnlyList<ObjectId> packs, int workers, CancellationToken cancellationToken)
    {
        var progress = new WorkProgress(reporter, services.Time, $"Verifying {repository.Location}", packs.Count);
        int readers = Math.Clamp(workers, PackBuffers.LeastCapacity, MostReaders);
        using var buffers = new PackBuffers(readers);
        using var check = new PackCheck(repository.Store, repository.Keys, buffers);
        var options = new ParallelOptions { MaxDegreeOfParallelism = readers, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(packs, options, async (id, token) =>
        {
            Count(id, await check.RunAsync(id, token));
            progress.Add(PackReference.NameOf(id), 1, "read");
            progress.Complete(PackReference.NameOf(id));
        });
        progress.Complete();
        return new PackFindings
        {
            WasRead = true,
            Faults = [.. faults.OrderBy(fault => fault.Object, StringComparer.Ordinal)],
            Frames = frames,
            Damaged = damaged,
            Contents = contents,
            OpenedWhole = openedWhole,
            Chunks = Interlocked.Read(ref chunks),
        };
    }

    private void Count(ObjectId id, PackCheckResult result)
    {
        Interlocked.Add(ref chunks, result.File?.Entries.Count ?? 0);
        foreach (ObjectFault fault in result.Faults)
        {
            faults.Add(fault);
            damaged[(id, fault.Part)] = fault;
        }

        if (result.File is null || result.Faults.Any(fault => fault.Part == ObjectFault.ContentKeys))
        {
            frames[id] = result.Faults[0];
            return;
        }

        contents[id] = new PackContents(result.File.Entries, seed);
        if (result is { IsValid: true, ContentOpened: true })
        {
            openedWhole[id] = result.File.Pack;
        }
    }

    private static long DrawSeed(IRandomSource random)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        random.Fill(bytes);
        return BitConverter.ToInt64(bytes);
    }
}
