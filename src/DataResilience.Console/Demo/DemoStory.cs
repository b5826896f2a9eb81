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
    private readonly TimeProvider time;
    private readonly string directory;
    private readonly int seed;
    private long firstNewSize;
    private long totalSize;
    private DemoDamage? damage;

    public DemoStory(DemoShell shell, TimeProvider time, string directory, int seed)
    {
        this.shell = shell;
        this.time = time;
        this.directory = directory;
        this.seed = seed;
        Scenes =
        [
            new("Make a shop database", "databases sqlite:{shop.db}", ExitCode.Done, LookAtShop)
            {
                Prepare = () => DemoShop.Create(In("shop.db")),
            },
            new("Make a repository", $"repository init {Key}", ExitCode.Done, LookAtNewRepository),
            new("Back up the shop", $"backup sqlite:{{shop.db}} {Key}", ExitCode.Done, LookAtFirstBackup),
            new("Add 301 rows and back up", $"backup sqlite:{{shop.db}} {Key} --reason evening", ExitCode.Done, LookAtSecondBackup)
            {
                Prepare = () => DemoShop.Change(In("shop.db")),
            },
            new("Verify both backups", $"verify {Key}", ExitCode.Done, LookAtVerification),
            new("Damage a copy, verify it", "verify --repository {damaged} --key-file {owner.key}", ExitCode.Damaged, LookAtDamage)
            {
                Prepare = Damage,
            },
            new("Restore one table", $"restore sqlite:{{products.db}} {Key} --backup latest --table products", ExitCode.Done,
                LookAtRestoredTable),
            new("Restore all to a new file", $"restore sqlite:{{copy.db}} {Key} --backup latest", ExitCode.Done,
                LookAtRestoredDatabase),
            new("See what it all takes", $"repository info {Key}", ExitCode.Done, LookAtRepository),
        ];
    }

    public IReadOnlyList<DemoScene> Scenes { get; }

    /// <summary>Plays one scene; each needs what the ones before it left.</summary>
    public async Task<DemoStep> PlayAsync(int number, DemoScene scene, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        var answer = new DemoAnswer(DemoShell.Typed(scene.CommandLine), ExitCode.Failed, [], []);
        DemoFigures figures;
        try
        {
            scene.Prepare();
            answer = await shell.RunAsync(scene.CommandLine, cancellationToken);
            figures = scene.Judge(answer);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            figures = DemoFigures.Failure(exception.Message);
        }

        return new DemoStep(
            number, scene.Title, answer.Command, answer.ExitCode, figures.Text, figures.AreRight, time.GetElapsedTime(start));
    }

    private DemoFigures LookAtShop(DemoAnswer answer) =>
        new DemoFigures($"users, products, orders: a file of {HumanText.Size(answer.Number("Size"))}")
            .Expect("tables", DemoShop.Tables, answer.Number("Tables"))
            .Expect("bytes", new FileInfo(In("shop.db")).Length, answer.Number("Size"));

    private DemoFigures LookAtNewRepository(DemoAnswer answer) =>
        new DemoFigures("empty, encrypted; only the file owner.key opens it")
            .Expect("backups", 0, answer.Number("Backups"))
            .Expect(answer.Text("Fingerprint").Length > 0, "no fingerprint was printed")
            .Expect(File.Exists(In("owner.key")), "no key file was written");

    private DemoFigures LookAtFirstBackup(DemoAnswer answer)
    {
        firstNewSize = answer.Number("NewSize");
        totalSize = answer.Number("TotalSize");
        string rows = HumanText.Plural(answer.Number("Rows"), "row");
        return new DemoFigures($"{rows}, {HumanText.Size(totalSize)} at {answer.Rate(totalSize)}; {HumanText.Size(firstNewSize)} stored")
            .Expect("tables", DemoShop.Tables, answer.Number("Tables"))
            .Expect("rows", DemoShop.Rows, answer.Number("Rows"))
            .Expect(firstNewSize > 0 && firstNewSize < totalSize, $"{HumanText.Size(firstNewSize)} stored is not less than was read");
    }

    private DemoFigures LookAtSecondBackup(DemoAnswer answer)
    {
        long newSize = answer.Number("NewSize");
        totalSize += answer.Number("TotalSize");
        string rows = HumanText.Plural(answer.Number("Rows"), "row");
        return new DemoFigures($"{rows}; only {HumanText.Size(newSize)} new, {Percent(newSize, firstNewSize)} of the first")
            .Expect("tables", DemoShop.Tables, answer.Number("Tables"))
            .Expect("rows", DemoShop.RowsAfterChange, answer.Number("Rows"))
            .Expect(newSize > 0, "nothing new was stored")
            .Expect(newSize * LeastRatioOfNewBytes < firstNewSize, $"more than half of the first backup's {HumanText.Size(firstNewSize)}");
    }

    private static DemoFigures LookAtVerification(DemoAnswer answer)
    {
        long bytes = answer.Sum("BytesRead");
        long problems = answer.Sum("ProblemCount");
        return new DemoFigures($"every byte, {HumanText.Size(bytes)} at {answer.Rate(bytes)}: {HumanText.Plural(problems, "problem")}")
            .Expect("problems", 0, problems)
            .Expect("chunks checked", answer.Sum("ChunksTotal"), answer.Sum("ChunksChecked"))
            .Expect("backups", 2, answer.Results.Count(result => result.GetProperty("BackupId").GetString() is not null))
            .Expect(answer.Results.All(result => result.GetProperty("IsValid").GetBoolean()), "not every backup is valid")
            .Expect(bytes > 0, "no byte was read");
    }

    private DemoFigures LookAtDamage(DemoAnswer answer)
    {
        DemoDamage done = damage ?? throw new InvalidOperationException("Nothing was damaged.");
        JsonElement[] problems = [.. answer.Results.SelectMany(result => result.GetProperty("Problems").EnumerateArray())];
        string[] objects = [.. problems.Select(problem => problem.GetProperty("Object").GetString() ?? "").Distinct()];
        string[] tables = [.. problems.Select(problem => problem.GetProperty("Table").GetString() ?? "").Distinct()];
        string pack = done.Pack[..Math.Min(done.Pack.Length, 17)];
        string text = $"flipped 1 bit: byte {HumanText.Count(done.Offset)} of {pack}…; found: exactly that file, table {string.Join(", ", tables)}";
        return new DemoFigures(text)
            .Expect(objects.SequenceEqual([done.Pack]), $"found {string.Join(", ", objects)} instead of {done.Pack}")
            .Expect(tables.Length > 0 && tables.All(DemoShop.TableNames.Contains), $"not a table of the shop: {string.Join(", ", tables)}");
    }

    private static DemoFigures LookAtRestoredTable(DemoAnswer answer) =>
        Proved(answer, new DemoFigures($"products, {HumanText.Plural(answer.Number("Rows"), "row")}: read back, equal by digest"))
            .Expect("tables", 1, answer.Number("Tables"))
            .Expect("rows", DemoShop.Products, answer.Number("Rows"));

    private static DemoFigures LookAtRestoredDatabase(DemoAnswer answer)
    {
        string rows = HumanText.Plural(answer.Number("Rows"), "row");
        string rate = answer.Rate(answer.Number("BytesRestored"));
        return Proved(answer, new DemoFigures($"{rows}, {rate}: {HumanText.Plural(answer.Number("Tables"), "table")} equal by digest"))
            .Expect("tables", DemoShop.Tables, answer.Number("Tables"))
            .Expect("rows", DemoShop.RowsAfterChange, answer.Number("Rows"));
    }

    private DemoFigures LookAtRepository(DemoAnswer answer)
    {
        long stored = answer.Number("StoredSize");
        string backups = HumanText.Plural(answer.Number("Backups"), "backup");
        return new DemoFigures($"{backups}, {HumanText.Size(totalSize)} of data in {HumanText.Size(stored)}: {Percent(stored, totalSize)}")
            .Expect("backups", 2, answer.Number("Backups"))
            .Expect(stored > firstNewSize && stored < totalSize, "the repository's size cannot be");
    }

    private static DemoFigures Proved(DemoAnswer answer, DemoFigures figures) =>
        figures.Expect(answer.First.GetProperty("IsVerified").GetBoolean(), "NOT proved equal");

    private static string Percent(long part, long whole) =>
        (100.0 * part / Math.Max(whole, 1)).ToString("0.0", CultureInfo.InvariantCulture) + "%";

    private void Damage()
    {
        DemoDamage.Copy(In("repository"), In("damaged"));
        damage = DemoDamage.Do(In("damaged"), seed);
    }

    private string In(string name) => Path.Combine(directory, name);
}
