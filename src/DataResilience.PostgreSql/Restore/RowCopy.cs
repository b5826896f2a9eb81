using System.Buffers.Binary;
using DataResilience.Providers;
using Npgsql;

namespace DataResilience.PostgreSql;

/// <summary>
/// Writes rows into a table by COPY, in whatever form they are: lines of text, and binary tuples for rows that are too large for
/// text. Each change of the form is a COPY of its own.
/// </summary>
/// <remarks>
/// The driver does not tell how many rows the server took. COPY takes all or fails, unless a trigger leaves rows out, and none fires
/// during a restore; so what is counted is what was sent, and the proof that follows reads what is there.
/// </remarks>
internal sealed class RowCopy(ServerSession session, string target, string columns) : IAsyncDisposable
{
    // The server tells what it refuses only at the end of a COPY: after so many bytes the next one begins.
    private const long MostBytes = 64 << 20;

    private static readonly byte[] BinaryHeader = [.. "PGCOPY\n"u8, 0xff, .. "\r\n"u8, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>What is thrown where a row is too large for text; null where it may be.</summary>
    internal Exception? BinaryRefusal { get; set; }

    private Stream? stream;
    private bool isBinary;
    private bool isInsideRow;
    private long bytes;

    /// <summary>Writes what is in a block.</summary>
    internal Task WriteAsync(RowBlock block, CancellationToken cancellationToken) =>
        session.GuardAsync(() => WriteRowsAsync(block, cancellationToken), cancellationToken);

    /// <summary>Lets the server check and keep what was written since the last time.</summary>
    internal Task CompleteAsync(CancellationToken cancellationToken) => session.GuardAsync(() => EndAsync(cancellationToken), cancellationToken);

    /// <summary>Gives up what was not completed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (stream is NpgsqlRawCopyStream unfinished)
        {
            stream = null;
            await CancelAsync(unfinished);
        }
    }

    private static async Task CancelAsync(NpgsqlRawCopyStream unfinished)
    {
        try
        {
            await unfinished.CancelAsync();
        }
        catch (Exception failure) when (failure is NpgsqlException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The connection is gone, and the COPY with it; the failure that led here is what the caller is told.
            _ = failure;
        }
    }

    private async Task WriteRowsAsync(RowBlock block, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> rest = block.Bytes;
        int start = 0;
        int row = 0;
        while (start < rest.Length)
        {
            bool binary = isInsideRow ? isBinary : rest.Span[start] == PostgreSqlRowFormat.BinaryMark;
            if (binary && BinaryRefusal is not null)
            {
                throw BinaryRefusal;
            }

            int end = EndOfForm(block, start, binary, ref row, out bool isWhole);
            await BeginAsync(binary, cancellationToken);
            // The mark is ours, not the server's.
            int skipped = binary && !isInsideRow ? 1 : 0;
            await stream!.WriteAsync(rest[(start + skipped)..end], cancellationToken);
            bytes += end - start;
            isInsideRow = !isWhole;
            start = end;
        }

        if (!isInsideRow && bytes >= MostBytes)
        {
            await EndAsync(cancellationToken);
        }
    }

    /// <summary>Finds how far one write goes: over all lines that follow each other, over one binary row.</summary>
    private static int EndOfForm(RowBlock block, int start, bool binary, ref int row, out bool isWhole)
    {
        ReadOnlySpan<byte> rest = block.Bytes.Span;
        ReadOnlySpan<int> ends = block.RowEnds.Span;
        int end = start;
        isWhole = true;
        while (end == start || (!binary && rest[end] != PostgreSqlRowFormat.BinaryMark))
        {
            isWhole = row < ends.Length;
            end = isWhole ? ends[row++] : rest.Length;
            if (end == rest.Length)
            {
                break;
            }
        }

        return end;
    }

    private async Task BeginAsync(bool binary, CancellationToken cancellationToken)
    {
        if (stream is not null && binary == isBinary)
        {
            return;
        }

        await EndAsync(cancellationToken);
        string command = $"COPY {target}{columns} FROM STDIN";
        isBinary = binary;
        if (binary)
        {
            stream = await session.Connection.BeginRawBinaryCopyAsync($"{command} (FORMAT binary)", cancellationToken);
            await stream.WriteAsync(BinaryHeader, cancellationToken);
        }
        else
        {
            // What writes text is left alone: its stream takes the bytes as they are.
            stream = (await session.Connection.BeginTextImportAsync(command, cancellationToken)).BaseStream;
        }
    }

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        if (stream is null)
        {
            return;
        }

        if (isBinary)
        {
            byte[] trailer = new byte[sizeof(short)];
            BinaryPrimitives.WriteInt16BigEndian(trailer, -1);
            await stream.WriteAsync(trailer, cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        Stream complete = stream;
        stream = null;
        bytes = 0;
        await complete.DisposeAsync();
    }
}
