using DataResilience.Console.Tests.Commands;
using DataResilience.Console.Tests.Fakes;

namespace DataResilience.Console.Tests.Output;

public sealed class HumanOutputTests
{
    [Fact]
    public async Task Backups_are_a_table_with_readable_sizes_and_ages()
    {
        var run = new FakeRun();
        run.Operations.Answer((Backup[])[Results.Backup]);

        await run.RunAsync("list");

        Assert.Equal(
            "BACKUP                               DATABASE  TAKEN       ROWS     SIZE     NEW  VERIFIED\n"
            + "20261122T101500Z-sqlite-shop-k3v9qd  shop      1 h ago  100,000  14.3 MB  3.9 MB  never\n",
            run.Output);
    }

    [Fact]
    public async Task Nothing_is_cut_when_redirected()
    {
        string name = new('x', 300);
        var run = new FakeRun();
        run.Operations.Answer((Backup[])[Results.Backup with { Database = name }]);

        await run.RunAsync("list");

        Assert.Equal(2, run.Output.TrimEnd().Split('\n').Length);
        Assert.Contains(name, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public async Task The_width_of_a_terminal_is_kept_and_no_character_is_lost(int width)
    {
        var run = new FakeRun { Terminal = FakeTerminal.Interactive() };
        run.Terminal.Width = width;
        run.Terminal.Variables["NO_COLOR"] = "1";
        run.Operations.Answer((Backup[])[Results.Backup]);

        await run.RunAsync("list");

        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.Length, 0, width));
        string firstColumn = string.Concat(run.Output.Split('\n').Skip(1).Select(line => line.Split(' ')[0]));
        Assert.Contains("20261122T101500Z-sqlite-shop-k3v9qd", firstColumn, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NO_COLOR", "1", false)]
    [InlineData("NO_COLOR", "", true)]
    [InlineData("CI", "true", false)]
    [InlineData("TERM", "dumb", false)]
    public async Task Colours_are_for_terminals_that_want_them(string variable, string value, bool colored)
    {
        var run = new FakeRun { Terminal = FakeTerminal.Interactive() };
        run.Terminal.Variables[variable] = value;
        run.Operations.Fail(Errors.KeyRejected.Create("/backups"));

        await run.RunAsync("list");

        Assert.Equal(colored, run.Error.Contains('\e', StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_color_is_honoured()
    {
        var run = new FakeRun { Terminal = FakeTerminal.Interactive() };
        run.Operations.Answer((Backup[])[Results.Backup]);

        await run.RunAsync("list", "--no-color");

        Assert.DoesNotContain("\e", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_cannot_move_the_cursor_or_be_markup()
    {
        var run = new FakeRun();
        run.Operations.Answer((Backup[])[Results.Backup with { Database = "\e[2J[red]x[/]\n" }]);

        await run.RunAsync("list");

        Assert.Contains("\\u001b[2J[red]x[/]\\u000a", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\e", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Level_catalog_is_never_called_ok()
    {
        var run = new FakeRun();
        run.Operations.Answer((BackupIntegrity[])[Results.Sound with { Level = IntegrityLevel.Catalog, IsValid = null }]);

        Assert.Equal(0, await run.RunAsync("verify"));

        Assert.Contains("not read", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ok", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_that_opened_no_chunk_says_so()
    {
        var run = new FakeRun();
        run.Operations.Answer((BackupIntegrity[])[Results.Sound with { ContentOpened = false }]);

        Assert.Equal(0, await run.RunAsync("verify"));

        Assert.Contains("ok as sealed", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "backup")]
    [InlineData(true, "restore")]
    [InlineData(false, "list")]
    [InlineData(false, "plan")]
    public async Task Quiet_silences_work_but_not_answers(bool silent, string command)
    {
        var run = new FakeRun();
        run.Operations.Answer(Results.Of(OperationCommands.ResultOf(OperationCommands.RequestOf(OperationCommands.All.First(one => one.Name == command))!)!));

        Assert.Equal(0, await run.RunAsync(command, "-q"));

        Assert.Equal(silent, run.Output.Length == 0);
    }

    public static TheoryData<string> Requests => [.. OperationCommands.Requests.Select(request => request.Name)];

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Every_result_has_a_view_of_at_most_seven_columns(string requestName)
    {
        Type request = OperationCommands.Requests.Single(type => type.Name == requestName);
        var run = new FakeRun();
        run.Operations.Answer(Results.Of(OperationCommands.ResultOf(request)!));

        await run.RunAsync([.. OperationCommands.Path(OperationCommands.For(request)), .. request == typeof(RemoveDatabaseBackupRequest) ? (string[])["--yes"] : []]);

        string[] headings = run.Output.Split('\n').Where(line => line.Any(char.IsUpper) && !line.Any(char.IsLower)).ToArray();
        Assert.All(headings, line => Assert.InRange(line.Split("  ", StringSplitOptions.RemoveEmptyEntries).Length, 1, 7));
        Assert.NotEqual("", run.Output);
        Assert.Equal("", run.Error);
    }
}
