using System.Globalization;
using System.Text.Json;
using DataResilience.Console.Output;

namespace DataResilience.Console.Demo;

/// <summary>The steps of the demo, in their order. Each runs one command line and checks every figure of its answer.</summary>
internal sealed class DemoStory
{
    private const string Key = "--repository {repository} --key-file {owner.key}";

    // An unchanged chunk is stored once; the change touches the ends of tables, so most chunks are unchanged.
    private const int LeastRatioOfNewBytes = 2;

    private readonly DemoShell shell;
    private readonly string directory;
    private readonly int seed;
    private long firstNewSize;
    private DemoDamage? damage;

    public DemoStory(DemoShell shell, string directory, int seed)
    {
        this.shell = shell;
        this.directory = directory;
        this.seed = seed;
    }

    /// <summary>Runs the steps, and ends after the first that is not as expected.</summary>
    public async IAsyncEnumerable<DemoStep> RunAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach ((int index, Scene scene) in Scenes().Index())
        {
            scene.Prepare();
            DemoAnswer answer = await shell.RunAsync(scene.CommandLine, cancellationToken);
            DemoStep step = Judge(index + 1, scene, answer);
            yield return step;
            if (!step.IsAsExpected)
            {
                yield break;
            }
        }
    }

    private static DemoStep Judge(int number, Scene scene, DemoAnswer answer)
    {
        bool hasEnded = answer.ExitCode == scene.ExitCode && answer.Results.Count > 0;
        (string outcome, bool isRight) = hasEnded ? scene.Look(answer) : (answer.Messages, false);
        return new DemoStep(number, scene.Title, answer.Command, answer.ExitCode, outcome, isRight);
    }

    private IEnumerable<Scene> Scenes() =>
    [
        new("A repository, and the key file that opens it", $"repository init {Key}", ExitCode.Done, LookAtRepository),
        new("A backup of the shop", $"backup sqlite:{{shop.db}} {Key}", ExitCode.Done, LookAtFirstBackup)
        {
            Prepare = () => DemoShop.Create(In("shop.db")),
        },
        new("Every byte of it read and checked", $"verify {Key}", ExitCode.Done, LookAtSoundRepository),
        new("The whole database, restored to another file", $"restore sqlite:{{copy.db}} {Key}", ExitCode.Done,
            answer => LookAtRestore(answer, DemoShop.Tables, DemoShop.Rows)),
        new("A day of sales later, a second backup", $"backup sqlite:{{shop.db}} {Key} --reason evening", ExitCode.Done, LookAtSecondBackup)
        {
            Prepare = () => DemoShop.Change(In("shop.db")),
        },
        new("What is there", $"list {Key}", ExitCode.Done, LookAtList),
        new("One table, restored from the newest backup", $"restore sqlite:{{products.db}} {Key} --backup latest --table products",
            ExitCode.Done, answer => LookAtRestore(answer, 1, 500)),
        new("One bit turned over in a copy of the repository", "verify --repository {damaged} --key-file {owner.key}",
            ExitCode.Damaged, LookAtDamage)
        {
            Prepare = Damage,
        },
        new("The repository itself is sound", $"verify {Key} --level checksum", ExitCode.Done, LookAtSoundRepository),
    ];

    private (string Outcome, bool IsRight) LookAtFirstBackup(DemoAnswer answer)
    {
        firstNewSize = answer.Number("NewSize");
        return (BackupText(answer), answer.Number("Tables") == DemoShop.Tables && answer.Number("Rows") == DemoShop.Rows && firstNewSize > 0);
    }

    private (string Outcome, bool IsRight) LookAtSecondBackup(DemoAnswer answer)
    {
        long newSize = answer.Number("NewSize");
        bool isRight = answer.Number("Rows") == DemoShop.RowsAfterChange && newSize > 0 && newSize * LeastRatioOfNewBytes < firstNewSize;
        string percent = (100.0 * newSize / firstNewSize).ToString("0.0", CultureInfo.InvariantCulture);
        return ($"{BackupText(answer)}, {percent}% of the first", isRight);
    }

    private (string Outcome, bool IsRight) LookAtDamage(DemoAnswer answer)
    {
        DemoDamage done = damage ?? throw new InvalidOperationException("Nothing was damaged.");
        string pack = Path.GetFileName(done.Pack);
        JsonElement[] found =
        [
            .. answer.Results.SelectMany(result => result.GetProperty("Problems").EnumerateArray())
                .Where(problem => (problem.GetProperty("Object").GetString() ?? "").Contains(pack, StringComparison.Ordinal)),
        ];
        string[] tables = [.. found.Select(problem => problem.GetProperty("Table").GetString() ?? "").Where(table => table.Length > 0).Distinct()];
        string where = $"byte {HumanText.Count(done.Offset)} of {HumanText.Count(done.Length)} in {done.Pack[..Math.Min(done.Pack.Length, 17)]}…";
        return ($"{where}: found, and costs {string.Join(", ", tables)}", tables.Length > 0);
    }

    private static (string Outcome, bool IsRight) LookAtRepository(DemoAnswer answer) =>
        ($"format {answer.Number("FormatVersion")}, fingerprint {answer.Text("Fingerprint")}", answer.Text("Fingerprint").Length > 0);

    private static (string Outcome, bool IsRight) LookAtList(DemoAnswer answer) =>
        (string.Join("; ", answer.Results.Select(backup => backup.GetProperty("BackupId").GetString())), answer.Results.Count == 2);

    private static (string Outcome, bool IsRight) LookAtRestore(DemoAnswer answer, int tables, long rows)
    {
        bool isRight = answer.First.GetProperty("IsVerified").GetBoolean() && answer.Number("Rows") == rows && answer.Number("Tables") == tables;
        return ($"{HumanText.Plural(rows, "row")} in {HumanText.Plural(tables, "table")}, every table equal to the backup by its digest", isRight);
    }

    private static (string Outcome, bool IsRight) LookAtSoundRepository(DemoAnswer answer)
    {
        bool isRight = answer.Results.All(result => result.GetProperty("IsValid").GetBoolean()) && answer.Sum("ProblemCount") == 0
            && answer.Sum("BytesRead") > 0;
        return ($"{HumanText.Count(answer.Sum("ChunksChecked"))} chunks, {HumanText.Size(answer.Sum("BytesRead"))} read, no problem", isRight);
    }

    private static string BackupText(DemoAnswer answer) =>
        $"{HumanText.Plural(answer.Number("Rows"), "row")}, {HumanText.Size(answer.Number("TotalSize"))}; "
        + $"new in the repository: {HumanText.Size(answer.Number("NewSize"))}";

    private void Damage()
    {
        DemoDamage.Copy(In("repository"), In("damaged"));
        damage = DemoDamage.Do(In("damaged"), seed);
    }

    private string In(string name) => Path.Combine(directory, name);

    private sealed record Scene(
        string Title, string CommandLine, int ExitCode, Func<DemoAnswer, (string Outcome, bool IsRight)> Look)
    {
        public Action Prepare { get; init; } = () => { };
    }
}
