namespace DataResilience.Console.Demo;

/// <summary>The directory of a demo: a temporary one that is removed at the end, or a given one that is kept.</summary>
internal sealed class DemoStage : IDisposable
{
    private const string State = "DATARESILIENCE_STATE";

    private readonly string? stateBefore = Environment.GetEnvironmentVariable(State);

    private DemoStage(string directory, bool isKept)
    {
        Directory = directory;
        IsKept = isKept;
        // What a client remembers of the demo's repositories goes with them; this process does nothing else.
        Environment.SetEnvironmentVariable(State, Path.Combine(directory, "state"));
    }

    public string Directory { get; }

    public bool IsKept { get; }

    public static DemoStage Open(string? directory)
    {
        if (directory is null)
        {
            return new DemoStage(System.IO.Directory.CreateTempSubdirectory("dataresilience-demo-").FullName, isKept: false);
        }

        if (System.IO.Directory.Exists(directory) && System.IO.Directory.EnumerateFileSystemEntries(directory).Any())
        {
            throw Errors.ArgumentInvalid.Create("--directory", $"'{directory}' is not empty");
        }

        return new DemoStage(System.IO.Directory.CreateDirectory(directory).FullName, isKept: true);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(State, stateBefore);
        if (!IsKept)
        {
            System.IO.Directory.Delete(Directory, recursive: true);
        }
    }
}
