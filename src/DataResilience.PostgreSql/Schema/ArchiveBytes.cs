using System.Buffers;
using System.Text;

namespace DataResilience.PostgreSql;

/// <summary>
/// Numbers and texts of an archive, read from a stream. No length that the archive states is believed before its bytes are there,
/// and all together are bounded.
/// </summary>
internal sealed class ArchiveBytes(Stream stream, long limit)
{
    private const int BufferSize = 64 * 1024;

    // Not every name need be valid: a database in SQL_ASCII takes any bytes. What cannot be kept exactly is refused.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] buffer = new byte[BufferSize];
    private int start;
    private int end;
    private long taken;

    /// <summary>How many bytes a number has beside its sign.</summary>
    internal int NumberSize { get; set; } = sizeof(int);

    internal async ValueTask<byte> ReadByteAsync(CancellationToken cancellationToken)
    {
        if (start == end)
        {
            await FillAsync(cancellationToken);
        }

        return buffer[start++];
    }

    internal async ValueTask<int> ReadNumberAsync(CancellationToken cancellationToken)
    {
        bool isNegative = await ReadByteAsync(cancellationToken) != 0;
        long value = 0;
        for (int i = 0; i < NumberSize; i++)
        {
            byte digit = await ReadByteAsync(cancellationToken);
            if (i < sizeof(int))
            {
                value |= (long)digit << (8 * i);
            }
            else if (digit != 0)
            {
                throw new ArchiveFormatException("a number in it is too large");
            }
        }

        return value <= int.MaxValue
            ? (int)(isNegative ? -value : value)
            : throw new ArchiveFormatException("a number in it is too large");
    }

    /// <summary>A text; null where the archive says that there is none.</summary>
    internal async ValueTask<string?> ReadTextAsync(CancellationToken cancellationToken)
    {
        int length = await ReadNumberAsync(cancellationToken);
        if (length < 0)
        {
            return null;
        }

        if (length <= end - start)
        {
            start += length;
            return Decode(buffer.AsSpan(start - length, length));
        }

        return await ReadLongTextAsync(length, cancellationToken);
    }

    internal async ValueTask SkipAsync(int count, CancellationToken cancellationToken)
    {
        for (int i = 0; i < count; i++)
        {
            await ReadByteAsync(cancellationToken);
        }
    }

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException failure)
        {
            throw new ArchiveFormatException("a name or a definition in it is not valid in UTF-8", failure);
        }
    }

    private async ValueTask<string> ReadLongTextAsync(int length, CancellationToken cancellationToken)
    {
        if (taken + length - (end - start) > limit)
        {
            throw TooLarge();
        }

        var text = new ArrayBufferWriter<byte>(Math.Min(length, BufferSize));
        while (text.WrittenCount < length)
        {
            if (start == end)
            {
                await FillAsync(cancellationToken);
            }

            int part = Math.Min(end - start, length - text.WrittenCount);
            text.Write(buffer.AsSpan(start, part));
            start += part;
        }

        return Decode(text.WrittenSpan);
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        start = 0;
        end = await stream.ReadAsync(buffer, cancellationToken);
        taken += end;
        if (end == 0)
        {
            throw new ArchiveFormatException("it ends in the middle");
        }

        if (taken > limit)
        {
            throw TooLarge();
        }
    }

    private ArchiveFormatException TooLarge() => new($"it is larger than {limit / (1024 * 1024)} MiB");
}
