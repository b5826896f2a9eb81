using DataResilience.Engine.ObjectStores;

namespace DataResilience.Testing.FileLayers;

/// <summary>
/// A volume that is full from the n-th step that takes room, and until room is made. A sync takes room too: file systems that
/// allocate late say ENOSPC there. Deleting does not.
/// </summary>
/// <param name="inner">The files.</param>
/// <param name="fullAt">Which step finds no room first, from 1; 0 for never.</param>
internal sealed class FullFileLayer(IFileLayer inner, int fullAt) : FileLayerDecorator(inner)
{
    private readonly Lock gate = new();
    private int taking;
    private bool hasRoom;

    /// <summary>The step that found no room first; null before.</summary>
    public FileOperation? FullAt { get; private set; }

    /// <summary>From now on there is room.</summary>
    public void MakeRoom()
    {
        lock (gate)
        {
            hasRoom = true;
        }
    }

    protected override bool Admit(FileOperation operation, string path)
    {
        if (IsReading(operation) || operation == FileOperation.Delete)
        {
            return true;
        }

        lock (gate)
        {
            if (++taking == fullAt)
            {
                FullAt = operation;
            }

            return FullAt is null || hasRoom ? true : throw SystemError.Create(SystemError.NoSpace, path);
        }
    }
}
