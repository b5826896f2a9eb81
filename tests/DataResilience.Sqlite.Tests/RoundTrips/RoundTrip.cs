using DataResilience.Providers;
using DataResilience.Testing.Databases.Conformance;
using Microsoft.Data.Sqlite;

namespace DataResilience.Sqlite.Tests;

/// <summary>Does with a provider what the engine does: snapshot, schema, rows, target, schema, rows, check, proof, commit.</summary>
internal sealed record RoundTrip
{
    internal SqliteProvider Provider { get; init; } = new();

    internal bool Replace { get; init; }

    internal bool IncludesSchema { get; init; } = true;

    internal bool IncludesRows { get; init; } = true;

    /// <summary>The chosen tables; null for the whole database.</summary>
    internal IReadOnlyList<string>? Tables { get; init; }

    internal bool ProvesRows { get; init; } = true;

    internal TimeSpan LockTimeout { get; init; } = TimeSpan.Zero;

    internal static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Copies a database and proves the copy equal in schema, rows and properties.</summary>
    internal static async Task<StoredDatabase> ProveAsync(string source, string target)
    {
        StoredDatabase stored = await StoredDatabase.ReadAsync(source, Token);
        IReadOnlyList<string> findings = await new RoundTrip().RestoreAsync(stored, target);
        Assert.Empty(findings);
        StoredDatabase restored = await StoredDatabase.ReadAsync(target, Token);
        Assert.Equal(stored.Digests.OrderBy(item => item.Key, StringComparer.Ordinal), restored.Digests.OrderBy(item => item.Key, StringComparer.Ordinal));
        Assert.Equal(Definitions(stored.Schema), Definitions(restored.Schema));
        Assert.Equal(
            stored.Schema.Properties.OrderBy(item => item.Key, StringComparer.Ordinal),
            restored.Schema.Properties.OrderBy(item => item.Key, StringComparer.Ordinal));
        return stored;
    }

    internal static IEnumerable<string> Definitions(DatabaseSchema schema) =>
        schema.Objects.Select(item => $"{item.Kind} {item.Name} on {item.Table}: {item.Definition}").Order(StringComparer.Ordinal);

    internal async Task<IReadOnlyList<string>> RestoreAsync(StoredDatabase stored, string path)
    {
        await using IRestoreTarget target = await OpenAsync(stored, path);
        IReadOnlyList<string> findings = await FillAsync(stored, target);
        await target.CommitAsync(Token);
        return findings;
    }

    internal Task<IRestoreTarget> OpenAsync(StoredDatabase stored, string path) =>
        Provider.OpenTargetAsync(StoredDatabase.At(path), OptionsFor(stored), Token);

    internal async Task<IReadOnlyList<string>> FillAsync(StoredDatabase stored, IRestoreTarget target)
    {
        List<TableSchema> chosen = ChosenTables(stored);
        if (IncludesSchema)
        {
            await target.CreateObjectsAsync([.. Objects(stored, SchemaPhase.PreData)], Token);
        }

        if (IncludesRows)
        {
            foreach (TableSchema table in chosen)
            {
                long rows = await target.LoadRowsAsync(table, stored.BlocksOf(table.Name), Token);
                Assert.Equal(stored.Digests[table.Name].Rows, rows);
            }
        }

        if (IncludesSchema)
        {
            await target.CreateObjectsAsync([.. Objects(stored, SchemaPhase.PostData)], Token);
        }

        TargetCheck check = await target.CheckAsync(Token);
        IReadOnlyList<string> findings = [.. check.Findings, .. check.Warnings];
        if (IncludesRows && ProvesRows)
        {
            await ProveRowsAsync(stored, chosen, target);
        }

        return findings;
    }

    /// <summary>For looking at a target.</summary>
    internal static TargetOptions NothingChosen { get; } = new()
    {
        Properties = new Dictionary<string, string>(StringComparer.Ordinal),
        Tables = [],
        Objects = [],
        SourceEngine = DatabaseEngine.Sqlite,
        SourceVersion = "",
        IsPartial = false,
        IncludesSchema = true,
        IncludesRows = true,
        Replace = false,
        Loaders = 1,
        LockTimeout = TimeSpan.Zero,
    };

    private TargetOptions OptionsFor(StoredDatabase stored) => new()
    {
        Properties = stored.Schema.Properties,
        Tables = ChosenTables(stored),
        Objects = stored.Schema.Objects,
        SourceEngine = DatabaseEngine.Sqlite,
        SourceVersion = "",
        IsPartial = Tables is not null,
        IncludesSchema = IncludesSchema,
        IncludesRows = IncludesRows,
        Replace = Replace,
        Loaders = 1,
        LockTimeout = LockTimeout,
    };

    private static async Task ProveRowsAsync(StoredDatabase stored, List<TableSchema> chosen, IRestoreTarget target)
    {
        await using ISourceSnapshot proof = await target.OpenProofAsync(Token);
        DatabaseSchema schema = await proof.ReadSchemaAsync(Token);
        foreach (TableSchema table in chosen)
        {
            TableSchema restored = Assert.Single(schema.Tables, item => item.Name == table.Name);
            Assert.Equal(stored.Digests[table.Name], (await RowSum.ReadAsync(proof, restored, Token)).Value);
        }
    }

    private IEnumerable<SchemaObject> Objects(StoredDatabase stored, SchemaPhase phase) =>
        stored.Schema.Objects.Where(item => item.Phase == phase && (Tables is null || (item.Table is { } table && Tables.Contains(table))));

    private List<TableSchema> ChosenTables(StoredDatabase stored)
    {
        if (Tables is null)
        {
            return [.. stored.Schema.Tables];
        }

        var names = stored.Schema.Objects
            .Where(item => item.Kind == "table" && Tables.Contains(item.Table!)).Select(item => item.Name).ToHashSet(StringComparer.Ordinal);
        return [.. stored.Schema.Tables.Where(table => names.Contains(table.Name))];
    }
}
