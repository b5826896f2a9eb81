using Spectre.Console;
using Spectre.Console.Rendering;

namespace DataResilience.Console.Output.Views;

/// <summary>How the findings of a verification are shown to people.</summary>
internal static class IntegrityViews
{
    public static IRenderable List(IReadOnlyList<BackupIntegrity> results)
    {
        Columns columns = new Columns().Text("BACKUP").Text("DATABASE").Text("LEVEL").Text("RESULT")
            .Number("CHUNKS").Number("READ").Number("PROBLEMS");
        foreach (BackupIntegrity result in results)
        {
            columns.Row(
                result.BackupId ?? "(the repository)", result.Database ?? "", result.Level.ToString(), Verdict(result),
                $"{HumanText.Count(result.ChunksChecked)}/{HumanText.Count(result.ChunksTotal)}",
                HumanText.Size(result.BytesRead), HumanText.Count(result.ProblemCount));
        }

        return results.All(result => result.ProblemCount == 0)
            ? columns.Build()
            : new Rows(columns.Build(), new Text(""), Problems(results));
    }

    private static IRenderable Problems(IReadOnlyList<BackupIntegrity> results)
    {
        Columns columns = new Columns().Text("PROBLEM").Text("OBJECT").Text("TABLE").Text("DATABASE").Text("RECOVERABLE").Text("FOUND");
        foreach (BackupIntegrity result in results)
        {
            foreach (IntegrityProblem problem in result.Problems)
            {
                columns.Row(
                    problem.Kind.ToString(), problem.Object, problem.Table, result.Database ?? "",
                    HumanText.YesOrNo(problem.Recoverable), Found(problem));
            }
        }

        return columns.Build();
    }

    private static string Found(IntegrityProblem problem) =>
        problem.Expected.Length == 0 ? problem.Actual : $"{problem.Actual} instead of {problem.Expected}";

    // "ok" only for what was read: level Catalog reads no chunk, a key without the role Reader opens none; both say so.
    private static string Verdict(BackupIntegrity result) => result switch
    {
        { IsValid: false } or { ProblemCount: > 0 } => "DAMAGED",
        { IsValid: true, Level: IntegrityLevel.Checksum, ContentOpened: false } => "ok as sealed",
        { IsValid: true } => "ok",
        _ => "not read",
    };
}
