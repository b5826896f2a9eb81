using DataResilience.Engine.ObjectStores;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Testing.FileLayers;

/// <summary>
/// Crashes before the n-th step that changes something: that step and every later one, looking included, throws
/// <see cref="SimulatedCrashException"/>.
/// </summary>
/// <param name="inner">The files.</param>
/// <param name="crashAt">Which changing step to crash at, from 1; 0 for never.</param>
internal sealed class CrashingFileLayer(IFileLayer inner, int crashAt) : FileLayerDecorator(inner)
{
    private readonly Lock gate = new();
    private int changes;

    /// <summary>How many steps that change something were asked for.</summary>
    public int Changes => Volatile.Read(ref changes);

    /// <summary>The step it crashed at; null before.</summary>
    public FileOperation? CrashedAt { get; private set; }

    protected override bool Admit(FileOperation operation, string path)
    {
        lock (gate)
        {
            if (CrashedAt is null && !IsReading(operation) && ++changes == crashAt)
            {
                CrashedAt = operation;
            }

            return CrashedAt is { } step ? throw new SimulatedCrashException($"{step} of '{path}'") : true;
        }
    }
}
