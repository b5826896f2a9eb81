using DataResilience.Console.Tests.Fakes;

namespace DataResilience.Console.Tests.Commands;

/// <summary>What is asked of the person at the terminal, and that nobody else is asked.</summary>
public sealed class QuestionTests
{
    [Fact]
    public async Task A_missing_key_is_asked_for_once_on_a_terminal()
    {
        var run = new FakeRun { Terminal = FakeTerminal.Interactive("the right passphrase") };
        run.Operations.Fail(Errors.KeyRequired.Create("/backups")).Answer((Backup[])[Results.Backup]);

        Assert.Equal(0, await run.RunAsync("list"));

        Assert.Equal(2, run.Operations.Requests.Count);
        Assert.Equal("the right passphrase", Secret.Reveal(((GetDatabaseBackupRequest)run.Operations.Requests[1]).Passphrase));
        Assert.Contains("Passphrase of /backups: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("right", run.Error + run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejected_passphrase_is_not_asked_for_again()
    {
        var run = new FakeRun { Terminal = FakeTerminal.Interactive("wrong", "wrong") };
        run.Operations.Fail(Errors.KeyRequired.Create("/backups")).Fail(Errors.KeyRejected.Create("/backups"));

        Assert.Equal(1, await run.RunAsync("list"));

        Assert.Single(run.Terminal.Keyboard);
    }

    [Theory]
    [InlineData(false, true, "")]
    [InlineData(true, false, "")]
    [InlineData(true, true, "true")]
    public async Task Without_a_terminal_or_in_ci_nobody_is_asked(bool isInputTerminal, bool isErrorTerminal, string ci)
    {
        var run = new FakeRun { Terminal = FakeTerminal.Interactive("unused") };
        run.Terminal.IsInputTerminal = isInputTerminal;
        run.Terminal.IsErrorTerminal = isErrorTerminal;
        run.Terminal.Variables["CI"] = ci;
        run.Operations.Fail(Errors.KeyRequired.Create("/backups"));

        Assert.Equal(1, await run.RunAsync("list"));

        Assert.Single(run.Terminal.Keyboard);
        Assert.Contains("error KeyRequired", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a long passphrase", "a long passphrase", 0)]
    [InlineData("a long passphrase", "another passphrase", 2)]
    public async Task A_new_passphrase_is_asked_for_twice(string first, string second, int exitCode)
    {
        var run = new FakeRun { Terminal = FakeTerminal.Interactive(first, second) };
        run.Operations.Answer(Results.Key);

        Assert.Equal(exitCode, await run.RunAsync("key", "add", "cron"));

        Assert.Equal(exitCode == 0 ? 1 : 0, run.Operations.Requests.Count);
        Assert.Empty(run.Terminal.Keyboard);
    }

    [Fact]
    public async Task A_new_repository_asks_for_its_passphrase_twice()
    {
        var run = new FakeRun { Terminal = FakeTerminal.Interactive("a long passphrase", "a long passphrase") };
        run.Operations.Fail(Errors.KeyRequired.Create("/backups")).Answer(Results.Repository);

        Assert.Equal(0, await run.RunAsync("repository", "init"));

        Assert.Equal("a long passphrase", Secret.Reveal(((NewBackupRepositoryRequest)run.Operations.Requests[1]).Passphrase));
    }

    [Theory]
    [InlineData("y", 0)]
    [InlineData("YES", 0)]
    [InlineData("n", 130)]
    [InlineData("", 130)]
    public async Task Remove_shows_its_plan_and_asks(string answer, int exitCode)
    {
        var run = new FakeRun { Terminal = FakeTerminal.Interactive(answer) };
        run.Operations.Answer(Results.Backup);

        Assert.Equal(exitCode, await run.RunAsync("remove", "k3v9qd"));

        Assert.Contains("Do it: the target. Are you sure? [y/N] ", run.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode == 0 ? 1 : 0, run.Operations.Requests.Count);
    }

    [Fact]
    public async Task Remove_without_a_terminal_needs_yes()
    {
        var run = new FakeRun();
        run.Operations.Answer(Results.Backup);

        Assert.Equal(2, await run.RunAsync("remove", "k3v9qd"));
        Assert.Contains("error ConfirmationRequired", run.Error, StringComparison.Ordinal);
        Assert.Contains("--yes", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Operations.Requests);

        Assert.Equal(0, await run.RunAsync("remove", "k3v9qd", "--force"));
        Assert.Single(run.Operations.Requests);
    }

    [Theory]
    [InlineData("--what-if")]
    [InlineData("--dry-run")]
    public async Task What_if_plans_and_beats_yes(string option)
    {
        var run = new FakeRun();

        Assert.Equal(0, await run.RunAsync("remove", "k3v9qd", "--yes", option));

        Assert.Equal("What if: performing the operation \"Do it\" on \"the target\".\n  one detail\n", run.Output);
        Assert.Single(run.Operations.Planned);
        Assert.Empty(run.Operations.Requests);
    }
}
