namespace DataResilience.Testing.FileLayers;

/// <summary>A new directory of the operating system that is deleted with all that is in it.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    /// <summary>Its full path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("dataresilience-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
