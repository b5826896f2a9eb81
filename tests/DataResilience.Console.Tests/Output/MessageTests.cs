using System.Text.RegularExpressions;
using DataResilience.Console.Output;
using DataResilience.Console.Tests.Commands;
using DataResilience.Console.Tests.Fakes;

namespace DataResilience.Console.Tests.Output;

public sealed partial class MessageTests
{
    public static TheoryData<string> Codes => [.. Errors.All.Select(error => error.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Advice_speaks_of_commands_and_options_that_there_are(string code)
    {
        string advice = ConsoleWording.Advice(Errors.All.Single(error => error.Code == code));

        Assert.DoesNotMatch(PowerShellName(), advice);
        string[] options = [.. OperationCommands.All.SelectMany(command => command.Options.Select(option => option.Name)), "--debug"];
        Assert.All(Option().Matches(advice).Select(match => match.Value), option => Assert.Contains(option, options));
        string[] commands = [.. OperationCommands.All.Select(command => "dataresilience " + string.Join(' ', OperationCommands.Path(command)))];
        Assert.All(Command().Matches(advice).Select(match => match.Groups[1].Value), command => Assert.Contains(command, commands));
    }

    [Fact]
    public async Task Progress_is_drawn_at_most_every_200_milliseconds_and_taken_away()
    {
        var run = new FakeRun { Terminal = FakeTerminal.Interactive() };
        run.Operations.Answer((Backup[])[Results.Backup]);
        run.Operations.Report = reporter =>
        {
            for (int step = 0; step < 10; step++)
            {
                reporter.Progress(new OperationProgress { Activity = "Backing up shop", Status = $"step {step}", PercentComplete = step });
                run.Time.Move(TimeSpan.FromMilliseconds(100));
            }
        };

        await run.RunAsync("list", "--no-color");

        Assert.Equal(
            string.Concat(new[] { 0, 2, 4, 6, 8 }.Select(step => $"\r\e[K{step}% Backing up shop: step {step}")) + "\r\e[K",
            run.Terminal.Error.ToString());
    }

    [Theory]
    [InlineData("--quiet")]
    [InlineData("--json")]
    public async Task Progress_is_not_drawn_when_nobody_wants_it(string option)
    {
        var run = new FakeRun { Terminal = FakeTerminal.Interactive() };
        run.Operations.Answer((Backup[])[Results.Backup]);
        run.Operations.Report = reporter => reporter.Progress(new OperationProgress { Activity = "a", Status = "b" });

        await run.RunAsync("list", option);

        Assert.Equal("", run.Error);
    }

    [Theory]
    [InlineData("", "warning: w\n")]
    [InlineData("--quiet", "warning: w\n")]
    [InlineData("--verbose", "verbose: v\nwarning: w\n")]
    [InlineData("--debug", "debug: Running list.\nverbose: v\ndebug: d\nwarning: w\n")]
    public async Task Messages_are_on_standard_error_as_far_as_asked_for(string option, string expected)
    {
        var run = new FakeRun();
        run.Operations.Answer((Backup[])[Results.Backup]);
        run.Operations.Report = reporter =>
        {
            reporter.Progress(new OperationProgress { Activity = "a", Status = "b" });
            reporter.Verbose("v");
            reporter.Debug("d");
            reporter.Warning("w");
        };

        await run.RunAsync(option.Length == 0 ? ["list"] : ["list", option]);

        Assert.Equal(expected, run.Error);
    }

    [GeneratedRegex(@"\b[A-Z][a-z]+-[A-Z]\w+|(?<![\w-])-[A-Z]\w+|-Confirm|\$|module")]
    private static partial Regex PowerShellName();

    [GeneratedRegex(@"--[a-z-]+")]
    private static partial Regex Option();

    [GeneratedRegex("'(dataresilience [a-z ]+)'")]
    private static partial Regex Command();
}
