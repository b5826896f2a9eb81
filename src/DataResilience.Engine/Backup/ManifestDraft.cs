using System.Reflection;
using DataResilience.Engine.Operations;
using DataResilience.Engine.Repository;
using DataResilience.Providers;

namespace DataResilience.Engine.Backup;

/// <summary>What is known of a manifest before its chunks are stored.</summary>
internal sealed record ManifestDraft
{
    private static readonly string Tool =
        $"DataResilience {typeof(ManifestDraft).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}";

    public required string BackupId { get; init; }

    public required LockRecord Lock { get; init; }

    private DateTimeOffset Start { get; init; }

    private string Source { get; init; } = "";

    private SnapshotDescription Snapshot { get; init; } = null!;

    private long Sequence { get; init; }

    private IReadOnlyList<SeenManifest> Seen { get; init; } = [];

    internal static ManifestDraft Begin(
        EngineServices services, CatalogView view, DatabaseEndpoint source, SnapshotDescription snapshot, DateTimeOffset start)
    {
        string backupId = BackupIdentifier.Create(start, snapshot.Engine, snapshot.Database, services.Random);
        string place = (source with { User = "" }).WithPassword(null).ToString();
        RunningProcess process = services.Processes.Current;
        return new ManifestDraft
        {
            BackupId = backupId,
            Lock = new LockRecord
            {
                Operation = "Backup",
                Subject = $"{snapshot.Server} {place}",
                Host = services.Processes.HostName,
                Process = process.Id,
                ProcessStart = new DateTimeOffset(process.StartedAtUtc, TimeSpan.Zero),
                BackupId = backupId,
            },
            Start = start,
            Source = place,
            Snapshot = snapshot,
            Sequence = ManifestChain.NextSequence(view.Catalog, view.Repository.Keys.SlotId),
            Seen = ManifestChain.Newest(view.Catalog, view.Repository.Keys.SlotId),
        };
    }

    internal Manifest Complete(StoredBackup stored, BackupDatabaseRequest request, DateTimeOffset end) => new()
    {
        BackupId = BackupId,
        Type = BackupType.Full,
        Part = new ManifestPart(1, 1),
        Engine = Snapshot.Engine,
        EngineVersion = Snapshot.EngineVersion,
        Server = Snapshot.Server,
        Database = Snapshot.Database,
        Source = Source,
        Start = Start,
        End = end,
        Tool = Tool,
        RecoveryPosition = Snapshot.RecoveryPosition,
        Schema = stored.Schema,
        Tables = stored.Tables,
        TotalSize = stored.Totals.TotalSize,
        StoredSize = stored.Totals.StoredSize,
        NewSize = stored.Totals.NewSize,
        Packs = stored.Totals.Packs,
        Reason = request.Reason,
        Tags = request.Tag,
        Sequence = Sequence,
        Seen = Seen,
    };
}
