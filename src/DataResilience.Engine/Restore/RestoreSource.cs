using DataResilience.Engine.Operations;
using DataResilience.Engine.Repository;
using DataResilience.Engine.Selection;
using DataResilience.Providers;

namespace DataResilience.Engine.Restore;

/// <summary>The part of a backup that a request chose, ready to be read.</summary>
internal sealed record RestoreSource
{
    private const int DescriptionsAtOnce = 8;

    public required CatalogView View { get; init; }

    public required BackupContents Contents { get; init; }

    public required RestoreScope Scope { get; init; }

    public required SchemaSelection Selection { get; init; }

    /// <summary>The properties of the database as it was backed up.</summary>
    public required IReadOnlyDictionary<string, string> Properties { get; init; }

    /// <summary>The chosen tables, in the order of the manifest.</summary>
    public required IReadOnlyList<ChosenTable> Tables { get; init; }

    /// <summary>How the provider of the source tells rows apart.</summary>
    public required IRowFormat RowFormat { get; init; }

    /// <summary>Whether only a part of the target is written, so that it may exist.</summary>
    public bool TakesPartOfTarget => Selection.IsPartial || !Scope.IncludesSchema;

    public Manifest Manifest => Contents.Manifest;

    /// <summary>What a provider is told of a restore of this.</summary>
    internal TargetOptions ToTargetOptions(RestoreRequest request, int loaders, TimeSpan lockTimeout) => new()
    {
        Properties = Properties,
        SourceEngine = Manifest.Engine,
        SourceVersion = Manifest.EngineVersion,
        Tables = [.. Tables.Select(table => table.Document.ToSchema())],
        ChosenTables = Selection.Chosen,
        Objects = Selection.Objects,
        IsPartial = TakesPartOfTarget,
        IncludesSchema = Scope.IncludesSchema,
        IncludesRows = Scope.IncludesRows,
        Replace = request.Replace,
        NoOwner = request.NoOwner,
        NoPrivileges = request.NoPrivileges,
        IncludeRoles = request.IncludeRoles,
        Loaders = loaders,
        LockTimeout = lockTimeout,
    };

    internal static async Task<RestoreSource> OpenAsync(
        EngineServices services, RepositoryOpener opener, RestoreRequest request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        _ = RestoreScope.Of(request);
        BackupReference reference = request.Backup ?? throw Errors.ArgumentInvalid.Create("Backup", "no backup was named");
        CatalogView view = await opener.OpenCatalogAsync(request, reporter, cancellationToken);
        view.Repository.Require(RepositoryRole.Reader);
        CatalogEntry entry = view.Resolve(reference, request.Database);
        RestoreSource source = await OpenAsync(services, view, entry, request, cancellationToken);
        IEnumerable<string> warnings = source.Scope.IncludesSchema ? source.Selection.Warnings() : [];
        foreach (string warning in warnings)
        {
            reporter.Warning(warning);
        }

        return source;
    }

    /// <summary>Reads the descriptions of a backup that was found already.</summary>
    internal static async Task<RestoreSource> OpenAsync(
        EngineServices services, CatalogView view, CatalogEntry entry, RestoreRequest request, CancellationToken cancellationToken)
    {
        RestoreScope scope = RestoreScope.Of(request);
        BackupContents contents = await BackupContents.OpenAsync(view.Repository, entry.BackupId, cancellationToken);
        IDatabaseProvider provider = services.ProviderOf(contents.Manifest.Engine, contents.Manifest.Source);
        if (request.Target is { } wanted && services.ProviderOf(wanted) != provider)
        {
            throw Errors.EngineMismatch.Create(entry.BackupId, wanted);
        }

        SchemaDocument schema = await contents.ReadSchemaAsync(cancellationToken);
        SchemaSelection Select(params IReadOnlyCollection<string> present) => SchemaSelection.Of(
            [.. contents.Manifest.Tables.Select(table => table.QualifiedName)],
            schema.Objects,
            new NameFilter(request.Table, request.ExcludeTable),
            pattern => Errors.TableNotInBackup.Create(entry.BackupId, pattern),
            present);
        SchemaSelection selection = Select();
        var source = new RestoreSource
        {
            View = view,
            Contents = contents,
            RowFormat = provider.RowFormat,
            Scope = scope with { IncludesRows = scope.IncludesRows && schema.IncludesRows },
            Selection = selection,
            Properties = schema.Properties,
            Tables = await ReadTablesAsync(contents, selection, cancellationToken),
        };
        return source.DependsOnTarget && request.Target is { } target
            ? source with { Selection = Select(await source.ListTargetAsync(services, target, request, cancellationToken)) }
            : source;
    }

    private bool DependsOnTarget => Scope.IncludesSchema && Selection.GoesBeyond;

    /// <summary>The tables of the target: what a chosen object needs may be there, as a foreign key's other table.</summary>
    private async Task<IReadOnlyList<string>> ListTargetAsync(
        EngineServices services, DatabaseEndpoint target, RestoreRequest request, CancellationToken cancellationToken)
    {
        TargetOptions options = ToTargetOptions(request, loaders: 1, lockTimeout: TimeSpan.Zero);
        return (await services.ProviderOf(target).InspectTargetAsync(target, options, cancellationToken)).Tables;
    }

    /// <summary>Several at once: with thousands of tables it is the way to the store that takes time.</summary>
    private static async Task<ChosenTable[]> ReadTablesAsync(BackupContents contents, SchemaSelection selection, CancellationToken cancellationToken)
    {
        ManifestTable[] tables = [.. contents.Manifest.Tables.Where(table => selection.Tables.Contains(table.QualifiedName))];
        var chosen = new ChosenTable[tables.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = DescriptionsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            Enumerable.Range(0, tables.Length),
            options,
            async (i, token) => chosen[i] = new ChosenTable(tables[i], await contents.ReadTableAsync(tables[i], token)));
        return chosen;
    }
}
