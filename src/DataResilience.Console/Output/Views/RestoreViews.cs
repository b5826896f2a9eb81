using Spectre.Console;
using Spectre.Console.Rendering;

namespace DataResilience.Console.Output.Views;

/// <summary>How restores and their plans are shown to people.</summary>
internal static class RestoreViews
{
    public static IRenderable Result(RestoreResult result)
    {
        IRenderable details = new Details()
            .Line("Restored", result.BackupId)
            .Line("To", result.TargetDatabase)
            .Line("State of", HumanText.Moment(result.RecoveredTo))
            .Line("Rows", $"{HumanText.Count(result.Rows)} in {HumanText.Plural(result.Tables, "table")}, "
                + HumanText.Size(result.BytesRestored))
            .Line("Proved", result.IsVerified ? "every table was read back and equals the backup" : "no rows were asked for")
            .Line("Duration", HumanText.Duration(result.Duration))
            .Build();
        return result.Steps.Count == 0 ? details : new Rows(details, new Text(""), Steps(result.Steps));
    }

    public static IRenderable Plan(RestorePlan plan)
    {
        Details details = new Details()
            .Line("Backup", $"{plan.BackupId} of {plan.Database}")
            .Line("Target", Target(plan))
            .Line("State of", HumanText.Moment(plan.RecoveredTo))
            .Line("Rows", $"{HumanText.Count(plan.Rows)} in {HumanText.Plural(plan.Tables.Count, "table")}, {HumanText.Size(plan.TotalSize)}")
            .Line("To read", HumanText.Size(plan.BytesToRead))
            .Line("Can begin", HumanText.YesOrNo(plan.CanRestore));
        foreach (string obstacle in plan.Obstacles)
        {
            details.Line("Obstacle", obstacle);
        }

        foreach ((int index, string step) in plan.Steps.Index())
        {
            details.Line($"Step {index + 1}", step);
        }

        return plan.Tables.Count == 0 ? details.Build() : new Rows(details.Build(), new Text(""), Tables(plan.Tables));
    }

    private static string Target(RestorePlan plan)
    {
        string exists = plan.TargetExists == true ? ", which exists" : "";
        string free = plan.TargetFreeSpace is { } bytes ? $", {HumanText.Size(bytes)} free" : "";
        return plan.Target.Length == 0 ? "none was given" : plan.Target + exists + free;
    }

    private static IRenderable Tables(IReadOnlyList<PlannedTable> tables)
    {
        Columns columns = new Columns().Text("TABLE").Number("ROWS").Number("SIZE").Text("WITH");
        foreach (PlannedTable table in tables)
        {
            columns.Row(table.Name, HumanText.Count(table.Rows), HumanText.Size(table.Size), string.Join(", ", table.Objects));
        }

        return columns.Build();
    }

    private static IRenderable Steps(IReadOnlyList<OperationStep> steps)
    {
        Columns columns = new Columns().Text("STEP").Text("STATUS").Number("TOOK").Text("DETAIL");
        foreach (OperationStep step in steps)
        {
            columns.Row(step.Name, step.Status.ToString(), HumanText.Duration(step.Duration), step.Detail);
        }

        return columns.Build();
    }
}
