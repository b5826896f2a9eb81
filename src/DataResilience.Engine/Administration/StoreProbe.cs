using DataResilience.Engine.Operations;
using DataResilience.Engine.Sealing;
using DataResilience.Providers;

namespace DataResilience.Engine.Administration;

/// <summary>Tries out, with an object of its own, whether a store does what a repository relies on.</summary>
internal sealed class StoreProbe(IObjectStore store, EngineServices services)
{
    internal const string Folder = "probes/";

    private const int ProbeBytes = 64 * 1024;
    private const int RangeOffset = 1000;
    private const int RangeBytes = 5000;

    private readonly string name = Folder + ObjectId.New(services.Random);
    private readonly byte[] content = Content(services.Random);
    private readonly List<RepositoryCheck> checks = [];

    internal async Task<IReadOnlyList<RepositoryCheck>> RunAsync(CancellationToken cancellationToken)
    {
        bool created = await TryAsync("Create", "Give the account the right to create objects; a Writer needs it.", async () =>
            await store.CreateAsync(name, content, cancellationToken) ? null : "an object of a new random name is there already");
        if (!created)
        {
            return checks;
        }

        await TryAsync("CreateTwice", "Without it a repeated write could overwrite: use another kind of store.", async () =>
            await store.CreateAsync(name, new byte[1], cancellationToken) ? "an object was overwritten" : null);
        await TryAsync("Read", "What is read is not what was written: check the medium before you trust it.", async () =>
            await ReadsAsync(0, content.Length, cancellationToken) ? null : "other bytes came back");
        await TryAsync("RangedRead", "Restores of single tables need it: use another kind of store.", async () =>
            await ReadsAsync(RangeOffset, RangeBytes, cancellationToken) ? null : "other bytes came back");
        await TryAsync("ListAfterCreate", "A new object must be listed at once: use a store with strong consistency.", async () =>
            await IsListedAsync(cancellationToken) ? null : "the new object is not listed");
        await TryAsync("Delete", "Only sweeping needs this right; a Writer can do without it.", async () =>
        {
            await store.DeleteAsync(name, cancellationToken);
            return await IsListedAsync(cancellationToken) ? "the deleted object is still listed" : null;
        });
        return checks;
    }

    private async Task<bool> TryAsync(string check, string advice, Func<Task<string?>> probe)
    {
        string? fault;
        try
        {
            fault = await probe();
        }
        catch (DataResilienceException failure)
        {
            fault = failure.Message;
        }

        checks.Add(new RepositoryCheck
        {
            Repository = store.Location,
            Name = check,
            Status = fault is null ? CheckStatus.Passed : check == "Delete" ? CheckStatus.Warning : CheckStatus.Failed,
            Detail = fault ?? "as it should be",
            RecommendedAction = fault is null ? "" : advice,
        });
        return fault is null;
    }

    private async Task<bool> ReadsAsync(int offset, int count, CancellationToken cancellationToken)
    {
        byte[] read = new byte[count];
        int? length = await store.ReadAsync(name, offset, read, cancellationToken);
        return length == count && read.AsSpan().SequenceEqual(content.AsSpan(offset, count));
    }

    private async Task<bool> IsListedAsync(CancellationToken cancellationToken)
    {
        await foreach (ObjectDescription found in store.ListAsync(Folder, cancellationToken))
        {
            if (found.Name == name && found.Size == content.Length)
            {
                return true;
            }
        }

        return false;
    }

    private static byte[] Content(IRandomSource random)
    {
        byte[] bytes = new byte[ProbeBytes];
        random.Fill(bytes);
        return bytes;
    }
}
