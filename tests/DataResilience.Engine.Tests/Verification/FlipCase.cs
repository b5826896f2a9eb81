using DataResilience.Engine.Chunking;
using DataResilience.Testing.Databases;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Verification;

/// <summary>One flipped bit in a copy of the repository, and what must follow from it.</summary>
internal sealed class FlipCase
{
    private readonly BaseRepository repository;
    private readonly ChunkUses uses;
    private readonly Flip flip;
    private readonly InMemoryObjectStore store;
    private readonly EngineClient client;
    private readonly List<string> failures = [];

    internal FlipCase(BaseRepository repository, ChunkUses uses, Flip flip)
    {
        this.repository = repository;
        this.uses = uses;
        this.flip = flip;
        store = repository.Store.Copy();
        store.FlipBit(flip.Object, flip.Bit);
        client = repository.Client(store);
    }

    internal async Task<IReadOnlyList<string>> RunAsync()
    {
        IReadOnlyList<BackupIntegrity> results = await client.VerifyAsync(repository.Owner);
        IntegrityProblem[] named = [.. results.SelectMany(result => result.Problems).Where(problem => problem.Object == flip.Object)];
        Require(named.Length > 0, $"it is not found; findings are [{string.Join("; ", results.SelectMany(result => result.Problems))}]");
        Require(results.SelectMany(result => result.Problems).All(problem => problem.Object == flip.Object), $"others are named too: [{string.Join("; ", results.SelectMany(result => result.Problems))}]");
        Require(results.Any(result => result.IsValid == false), "everything is called valid");
        string kind = flip.Place.Kind.Split(':')[0];
        await (kind switch
        {
            "content pack" or "catalog pack" => CheckPackAsync(results),
            "index" => CheckIndexAsync(named),
            _ => CheckServedAsync(named),
        });
        return failures;
    }

    /// <summary>Backups and tables are named, those that need the bit fail to restore, and all others come back equal.</summary>
    private async Task CheckPackAsync(IReadOnlyList<BackupIntegrity> results)
    {
        string part = flip.Place.Kind.Split(": ")[1];
        ChunkUses.Use[] hurt = part switch
        {
            "chunks" => [.. uses.At(flip.Object, flip.Offset)],
            "content keys" => [.. uses.Of(flip.Object)],
            _ => [],
        };
        ChunkUses.Use[] concerned = hurt.Length > 0 ? hurt : [.. uses.Of(flip.Object)];
        ChunkUses.Use[] reported =
        [
            .. from result in results
               where result.BackupId is not null
               from problem in result.Problems
               where problem.Object == flip.Object
               select new ChunkUses.Use(result.BackupId!, problem.Table),
        ];
        Require(concerned.ToHashSet().SetEquals(reported), $"concerned are [{string.Join(", ", concerned.AsEnumerable())}], reported [{string.Join(", ", reported.AsEnumerable())}]");
        Require(results.SelectMany(result => result.Problems).All(problem => problem.Recoverable == (hurt.Length == 0)), "what can be recovered is told wrong");
        // No restore needs the digests of single chunks: the rows prove themselves by the table's digest.
        ChunkUses.Use[] lost = uses.KindAt(flip.Object, flip.Offset) == ChunkKind.Digests ? [] : hurt;
        foreach (string backupId in repository.Expected.Keys)
        {
            await CheckRestoresAsync(backupId, [.. lost.Where(use => use.BackupId == backupId).Select(use => use.Table)]);
        }
    }

    private async Task CheckIndexAsync(IntegrityProblem[] named)
    {
        Require(named.All(problem => problem.Recoverable), "an index can be made again from the packs");
        await CheckEverythingRestoresAsync();
        await client.RunAsync(new OptimizeBackupRepositoryRequest { Repository = repository.Owner });
        await client.RunAsync(new OptimizeBackupRepositoryRequest { Repository = repository.Owner, RebuildIndex = true });
        IReadOnlyList<BackupIntegrity> after = await client.VerifyAsync(repository.Owner);
        Require(after.All(result => result.IsValid == true), $"after the rebuild: [{string.Join("; ", after.SelectMany(result => result.Problems))}]");
    }

    /// <summary>What is stored twice is served by the other copy; what nothing needs costs nothing.</summary>
    private async Task CheckServedAsync(IntegrityProblem[] named)
    {
        Require(named.All(problem => problem.Recoverable), "nothing is lost, yet it is called unrecoverable");
        // The backup whose manifest it is; for everything else, one stands for all.
        string[] backups = [.. repository.Expected.Keys.Where(backupId => flip.Object.EndsWith(backupId, StringComparison.Ordinal)), repository.Stock];
        await CheckRestoresAsync(backups[0], []);
    }

    private async Task CheckEverythingRestoresAsync()
    {
        foreach (string backupId in repository.Expected.Keys)
        {
            await CheckRestoresAsync(backupId, []);
        }
    }

    private async Task CheckRestoresAsync(string backupId, HashSet<string> hurt)
    {
        MemoryDatabase expected = repository.Expected[backupId];
        string[] whole = hurt.Contains("") ? [] : [.. expected.Tables.Keys.Where(table => !hurt.Contains(table))];
        if (whole.Length > 0)
        {
            await RequireEqualAsync(backupId, whole, whole.Length == expected.Tables.Count ? [] : whole);
        }

        foreach (string table in hurt)
        {
            string[] chosen = table.Length == 0 ? [] : [table];
            await RequireRefusalAsync(() => client.RestoreAsync(repository.Owner, backupId, $"{backupId}-{table}", chosen));
        }
    }

    private async Task RequireEqualAsync(string backupId, string[] tables, string[] chosen)
    {
        try
        {
            MemoryDatabase restored = await client.RestoreAsync(repository.Owner, backupId, backupId + "-whole", chosen);
            IReadOnlyDictionary<string, IReadOnlyList<string>> expected = repository.Expected[backupId].Tables;
            Require(tables.All(table => restored.Tables.TryGetValue(table, out IReadOnlyList<string>? rows) && expected[table].SequenceEqual(rows)), "a table came back different");
        }
        catch (DataResilienceException refusal)
        {
            failures.Add($"[{string.Join(", ", tables)}] of {backupId} were not restored: {refusal.Message}");
        }
    }

    private async Task RequireRefusalAsync(Func<Task<MemoryDatabase>> restore)
    {
        try
        {
            await restore();
            failures.Add("what is damaged was restored");
        }
        catch (DataResilienceException refusal)
        {
            Require(refusal.ErrorCode == "ObjectDamaged" && refusal.Target == flip.Object, $"the refusal is {refusal.ErrorCode} of {refusal.Target}");
        }
    }

    private void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            failures.Add(otherwise);
        }
    }
}
