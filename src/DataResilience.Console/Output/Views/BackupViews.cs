using Spectre.Console.Rendering;

namespace DataResilience.Console.Output.Views;

/// <summary>How backups are shown to people.</summary>
internal static class BackupViews
{
    public static IRenderable List(IReadOnlyList<Backup> backups, TimeProvider time)
    {
        Columns columns = new Columns().Text("BACKUP").Text("DATABASE").Text("TAKEN")
            .Number("ROWS").Number("SIZE").Number("NEW").Text("VERIFIED");
        foreach (Backup backup in backups)
        {
            columns.Row(
                backup.BackupId, backup.Database, HumanText.Age(backup.Start, time.GetUtcNow()), HumanText.Count(backup.Rows),
                HumanText.Size(backup.TotalSize), HumanText.Size(backup.NewSize), Verified(backup, time));
        }

        return columns.Build();
    }

    public static IRenderable One(Backup backup) => new Details()
        .Line("Backup", backup.BackupId)
        .Line("Database", $"{backup.Database} on {backup.Server} ({backup.Engine} {backup.EngineVersion})")
        .Line("Source", backup.Source)
        .Line("Repository", backup.Repository.Location)
        .Line("Holds", $"{HumanText.Plural(backup.Tables, "table")}, {HumanText.Plural(backup.Rows, "row")}")
        .Line("Size", $"{HumanText.Size(backup.TotalSize)}, takes {HumanText.Size(backup.StoredSize)} in the repository; "
            + $"this run added {HumanText.Size(backup.NewSize)}")
        .LineIfAny("Position", backup.RecoveryPosition)
        .LineIfAny("Reason", backup.Reason)
        .LineIfAny("Tags", string.Join(", ", backup.Tags))
        .Line("Taken", $"{HumanText.Moment(backup.Start)}, in {HumanText.Duration(backup.Duration)}")
        .Line("Status", backup.Status.ToString())
        .Build();

    private static string Verified(Backup backup, TimeProvider time) => backup switch
    {
        { Status: BackupStatus.Damaged } => "DAMAGED",
        { VerifiedOn: { } moment } => HumanText.Age(moment, time.GetUtcNow()),
        _ => "never",
    };
}
