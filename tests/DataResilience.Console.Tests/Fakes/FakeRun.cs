namespace DataResilience.Console.Tests.Fakes;

/// <summary>The console on scripted operations and a scripted terminal.</summary>
internal sealed class FakeRun
{
    public FakeOperations Operations { get; } = new();

    public FakeTerminal Terminal { get; init; } = new();

    public FixedTime Time { get; } = new();

    public string Output => Terminal.OutputText;

    public string Error => Terminal.ErrorText;

    public ConsoleApplication Application => new(() => Operations, Terminal, Time);

    public Task<int> RunAsync(params string[] args) => Application.RunAsync(args, TestContext.Current.CancellationToken);
}
