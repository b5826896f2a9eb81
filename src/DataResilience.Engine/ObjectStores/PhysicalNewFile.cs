namespace DataResilience.Engine.ObjectStores;

/// <summary>A file of the operating system that is being written.</summary>
internal sealed class PhysicalNewFile : INewFile
{
    private readonly FileStream stream;

    public PhysicalNewFile(string path, UnixFileMode mode)
    {
        // Without a buffer: what is written is in the kernel when Write returns, and an error belongs to that call.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        stream = new FileStream(path, options);
    }

    public void Write(ReadOnlySpan<byte> content)
    {
        try
        {
            stream.Write(content);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw SystemError.Create(SystemError.FileTooLarge, stream.Name); // What .NET makes of EFBIG.
        }
    }

    public void Sync()
    {
        if (OperatingSystem.IsWindows())
        {
            stream.Flush(flushToDisk: true); // FlushFileBuffers.
        }
        else
        {
            UnixFile.Sync(stream.SafeFileHandle, stream.Name);
        }
    }

    public void Dispose() => stream.Dispose();
}
