namespace DataResilience.MySql;

/// <summary>Whole rows of a supply as a stream, until it is past a number of bytes; what is left is for the next one. Nothing is kept.</summary>
internal sealed class RowStream(RowSupply supply, long limit) : Stream
{
    private int offset;
    private long bytes;
    private bool isBegun;
    private bool isEnded;

    /// <summary>How many rows went through.</summary>
    internal long Rows { get; private set; }

    /// <summary>Whether there is no more in the supply.</summary>
    internal bool IsLast { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!await AdvanceAsync())
        {
            return 0;
        }

        ReadOnlyMemory<byte> rest = supply.Current!.Bytes[offset..];
        int count = Math.Min(rest.Length, buffer.Length);
        rest[..count].CopyTo(buffer);
        offset += count;
        bytes += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("Rows are loaded by asynchronous calls only.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Finds the block that has bytes left. The first is on already: a load is begun only where there are rows.</summary>
    private async ValueTask<bool> AdvanceAsync()
    {
        if (!isBegun)
        {
            isBegun = true;
            Rows = supply.Current!.Rows;
            return true;
        }

        if (isEnded)
        {
            return false;
        }

        if (offset < supply.Current!.Bytes.Length)
        {
            return true;
        }

        bool isFull = bytes >= limit && !supply.IsInsideRow;
        IsLast = !await supply.NextAsync();
        if (IsLast || isFull)
        {
            // The block that is on now begins the next load.
            isEnded = true;
            return false;
        }

        offset = 0;
        Rows += supply.Current.Rows;
        return true;
    }
}
