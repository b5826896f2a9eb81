using DataResilience.Console.Tests.Fakes;
using DataResilience.Console.Tests.Processes;

namespace DataResilience.Console.Tests.Output;

public sealed class DemoOutputTests
{
    [Fact]
    public async Task A_figure_that_is_not_as_it_should_be_fails_its_step_and_ends_the_demo_with_1()
    {
        var run = new FakeRun();
        AnswerTwoSteps(run).Answer(Results.Backup with { Rows = 99_999 });

        int exitCode = await run.RunAsync("demo", "--seed", "1");

        Assert.Equal(ExitCode.Failed, exitCode);
        var table = DemoTableText.Read(run.Output);
        Assert.Equal(["ok", "ok", "FAILED"], table.Rows.Select(row => row[4]));
        Assert.StartsWith("99,999 rows instead of 100,000. 99,999 rows, 14.3 MB", table.Rows[2][2], StringComparison.Ordinal);
        Assert.Contains("FAILED: step 3, Back up the shop. The steps after it were not run.\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("with your own database", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_fails_is_shown_with_its_error_and_ends_the_demo_with_1()
    {
        var run = new FakeRun();
        AnswerTwoSteps(run).Fail(Errors.StoreFull.Create("/backups"));

        int exitCode = await run.RunAsync("demo", "--seed", "1");

        Assert.Equal(ExitCode.Failed, exitCode);
        string[] row = DemoTableText.Read(run.Output).Rows[^1];
        Assert.Equal("FAILED", row[4]);
        Assert.StartsWith("exit code 1 instead of 0. StoreFull: ", row[2], StringComparison.Ordinal);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task A_failed_step_is_not_as_expected_in_json_too()
    {
        var run = new FakeRun();
        AnswerTwoSteps(run).Answer(Results.Backup with { NewSize = 0 });

        int exitCode = await run.RunAsync("demo", "--json");

        Assert.Equal(ExitCode.Failed, exitCode);
        Assert.EndsWith("\"IsAsExpected\":false,\"Duration\":\"PT0S\",\"DurationSeconds\":0}\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public async Task A_terminal_gets_a_table_of_its_width_that_says_the_same(int width)
    {
        var narrow = new FakeRun { Terminal = FakeTerminal.Interactive() };
        narrow.Terminal.Width = width;
        AnswerTwoSteps(narrow).Answer(Results.Backup with { Rows = 1 });
        var plain = new FakeRun();
        AnswerTwoSteps(plain).Answer(Results.Backup with { Rows = 1 });

        await narrow.RunAsync("demo", "--seed", "1", "--no-color");
        await plain.RunAsync("demo", "--seed", "1");

        string table = narrow.Output[narrow.Output.IndexOf(" #", StringComparison.Ordinal)..];
        Assert.All(table.Split('\n').TakeWhile(line => line.Length > 0), line => Assert.InRange(line.Length, 0, width - 1));
        Assert.Equal(DemoTableText.Read(plain.Output).Rows, DemoTableText.Read(narrow.Output).Rows);
    }

    [Fact]
    public async Task A_terminal_sees_which_step_runs_and_how_far_it_is()
    {
        var run = new FakeRun { Terminal = FakeTerminal.Interactive() };
        run.Operations.Report = reporter =>
        {
            run.Time.Move(TimeSpan.FromSeconds(1));
            reporter.Progress(new OperationProgress { Activity = "Looking", Part = "orders", Status = "7 rows", PercentComplete = 42 });
        };
        run.Operations.Fail(Errors.StoreFull.Create("/backups"));

        await run.RunAsync("demo", "--seed", "1");

        // The carriage return in front of each is a line end to the fake.
        Assert.Equal(
            "\n\e[Kstep 1 of 9, Make a shop database: running"
            + "\n\e[K42% step 1 of 9, Make a shop database: orders: 7 rows\n\e[K",
            run.Error);
        Assert.Contains("\e[31mFAILED\e[0m", run.Output, StringComparison.Ordinal);
    }

    // The shop is really made; its repository is not.
    private static FakeOperations AnswerTwoSteps(FakeRun run) => run.Operations
        .AnswerBy<GetDatabaseRequest>(request =>
            (Database[])[Results.Database with { Size = new FileInfo(request.Source!.Database).Length }])
        .AnswerBy<NewBackupRepositoryRequest>(request =>
        {
            File.WriteAllText(request.KeyFile!, "");
            return Results.Repository with { Backups = 0 };
        });
}
