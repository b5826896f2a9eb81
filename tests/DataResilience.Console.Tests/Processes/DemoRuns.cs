namespace DataResilience.Console.Tests.Processes;

/// <summary>The demo as it is shown and as JSON, of one seed, run once for all tests.</summary>
public sealed class DemoRuns : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("console-demos-").FullName;

    /// <summary>What the run as JSON left.</summary>
    public string Kept => Path.Combine(folder, "kept");

    internal ConsoleResult Shown { get; private set; } = null!;

    internal ConsoleResult Json { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Shown = await ConsoleProcess.RunAsync(folder, "demo", "--seed", "41");
        Json = await ConsoleProcess.RunAsync(folder, "demo", "--seed", "41", "--json", "--directory", Kept);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
