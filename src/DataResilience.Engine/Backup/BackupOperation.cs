using DataResilience.Engine.Operations;
using DataResilience.Engine.Repository;
using DataResilience.Engine.Selection;
using DataResilience.Providers;

namespace DataResilience.Engine.Backup;

/// <summary>Takes a backup: packs, then index, then manifest; until the manifest is there, there is no backup.</summary>
internal sealed class BackupOperation(EngineServices services, RepositoryOpener opener)
    : Operation<BackupDatabaseRequest, DataResilience.Backup>
{
    protected override async Task<OperationPlan> PlanAsync(
        BackupDatabaseRequest request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        DatabaseEndpoint source = Validate(request);
        OpenedRepository repository = await opener.OpenAsync(request, reporter, cancellationToken);
        repository.Require(RepositoryRole.Writer);
        await using ISourceSnapshot snapshot = await OpenSnapshotAsync(source, request, cancellationToken);
        DatabaseSchema chosen = await ChooseAsync(snapshot, request, reporter, cancellationToken);
        return new OperationPlan(
            source.ToString(),
            $"Back up {Counted.Of(chosen.Tables.Count, "table")} to '{repository.Location}'",
            [.. chosen.Tables.Select(table => $"table {table.QualifiedName}")]);
    }

    protected override async Task<DataResilience.Backup> RunAsync(
        BackupDatabaseRequest request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        DatabaseEndpoint source = Validate(request);
        CatalogView view = await opener.OpenCatalogAsync(request, reporter, cancellationToken);
        view.Repository.Require(RepositoryRole.Writer);
        await view.Repository.BeginWritingAsync(cancellationToken);
        DateTimeOffset start = services.UtcNow();
        await using ISourceSnapshot snapshot = await OpenSnapshotAsync(source, request, cancellationToken);
        DatabaseSchema chosen = await ChooseAsync(snapshot, request, reporter, cancellationToken);
        var draft = ManifestDraft.Begin(services, view, source, snapshot.Description, start);
        RepositoryLock held = await RepositoryLock.AcquireAsync(view.Repository, services, draft.Lock, reporter, cancellationToken);
        await using (held)
        {
            StoredBackup stored = await StoreAsync(request, view, snapshot, chosen, reporter, cancellationToken);
            held.RequireHeld(draft.BackupId);
            Manifest manifest = draft.Complete(stored, request, services.UtcNow());
            string sha256 = await ManifestFile.CreateAsync(view.Repository, manifest, services.Random, cancellationToken);
            await new SeenManifests(view.Repository).RememberAsync(
                view.Repository.Keys.SlotId, [new SeenManifest(manifest.BackupId, sha256)], cancellationToken);
            return BackupResult.Of(manifest, view.Summary);
        }
    }

    /// <exception cref="DataResilienceException"><c>SourceRequired</c>, <c>ArgumentInvalid</c>.</exception>
    private static DatabaseEndpoint Validate(BackupDatabaseRequest request)
    {
        _ = Workers.Count(request.ThrottleLimit);
        DatabaseEndpoint source = request.Source ?? throw Errors.SourceRequired.Create();
        bool canChoose = source.Engine is DatabaseEngine.MySql or DatabaseEngine.MariaDb;
        return canChoose || request.LockMode == LockMode.Auto
            ? source
            : throw Errors.ArgumentInvalid.Create(nameof(request.LockMode), $"{source.Engine} has one way only to a consistent state, and it needs no such lock");
    }

    private Task<ISourceSnapshot> OpenSnapshotAsync(DatabaseEndpoint source, BackupDatabaseRequest request, CancellationToken cancellationToken) =>
        services.ProviderOf(source).OpenSnapshotAsync(
            source,
            new SnapshotOptions(Workers.Count(request.ThrottleLimit), request.LockTimeout)
            {
                IncludeRoles = request.IncludeRoles,
                LockMode = request.LockMode,
                TakesTable = FilterOf(request) is { IsEverything: false } filter ? names => filter.Takes([.. names]) : null,
            },
            cancellationToken);

    private static NameFilter FilterOf(BackupDatabaseRequest request) => new(request.Table, request.ExcludeTable);

    private static async Task<DatabaseSchema> ChooseAsync(
        ISourceSnapshot snapshot, BackupDatabaseRequest request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        if (snapshot.Description.Consistency is { Length: > 0 } consistency)
        {
            reporter.Verbose(consistency);
        }

        DatabaseSchema schema = await snapshot.ReadSchemaAsync(cancellationToken);
        foreach (string warning in schema.Warnings)
        {
            reporter.Warning(warning);
        }

        SchemaSelection selection = SchemaSelection.Of(
            [.. schema.Tables.Select(table => table.QualifiedName)],
            schema.Objects,
            FilterOf(request),
            pattern => Errors.NothingMatched.Create($"the table '{pattern}' in '{request.Source}'"));
        foreach (string warning in selection.Warnings())
        {
            reporter.Warning(warning);
        }

        DatabaseSchema chosen = schema with
        {
            Tables = [.. schema.Tables.Where(table => selection.Tables.Contains(table.QualifiedName))],
            Objects = selection.Objects,
        };
        return chosen.Tables.Count > 0 || chosen.Objects.Count > 0
            ? chosen
            : throw Errors.NothingMatched.Create($"in '{request.Source}': there is nothing to back up");
    }

    private async Task<StoredBackup> StoreAsync(
        BackupDatabaseRequest request, CatalogView view, ISourceSnapshot snapshot, DatabaseSchema chosen, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        int workers = Workers.Count(request.ThrottleLimit);
        await using BackupWriter writer = await BackupWriter.OpenAsync(services, view, workers, reporter, cancellationToken);
        var tables = new TableBackup(snapshot, writer, services, reporter, request.SchemaOnly);
        IReadOnlyList<ManifestTable> stored = await tables.StoreAllAsync(chosen.Tables, cancellationToken);
        await snapshot.ConfirmAsync(cancellationToken);
        IReadOnlyList<string> schema = await writer.StoreSchemaAsync(chosen, !request.SchemaOnly, cancellationToken);
        return new StoredBackup(stored, schema, await writer.FinishAsync(cancellationToken));
    }
}
