using System.Runtime.CompilerServices;
using DataResilience.Providers;
using Npgsql;

namespace DataResilience.PostgreSql;

/// <summary>A row that is too large for text, in binary form: the mark, then the tuple without binary COPY's header and trailer.</summary>
internal sealed class LargeRow(ServerSession session, RowQuery query, string row)
{
    // Signature, flags and the length of an extension that no version has written yet.
    private const int HeaderBytes = 19;

    // Each block leaves so many bytes to the next: the trailer, and one, so that the row ends with a byte in the last block.
    private const int KeptBytes = TrailerBytes + 1;

    private const int TrailerBytes = sizeof(short);

    internal async IAsyncEnumerable<RowBlock> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var block = new RowBlockBuilder();
        CopyStream? copy = null;
        try
        {
            copy = await session.CopyOutBinaryAsync(query.Binary(row), cancellationToken);
            await SkipHeaderAsync(copy, cancellationToken);
            block.AddPart(PostgreSqlRowFormat.BinaryMark);
            while (await FillAsync(copy, block, cancellationToken))
            {
                yield return block.Take(KeptBytes);
            }

            // A trailer is a field count of -1.
            block.EndRow(TrailerBytes);
            yield return block.Take();
        }
        finally
        {
            if (copy is not null)
            {
                await copy.DisposeAsync();
            }

            if (copy?.IsInUse != true)
            {
                block.Release();
            }
        }
    }

    private async Task SkipHeaderAsync(CopyStream copy, CancellationToken cancellationToken)
    {
        byte[] header = new byte[HeaderBytes];
        for (int done = 0; done < HeaderBytes;)
        {
            int count = await ReadAsync(copy, header.AsMemory(done), cancellationToken);
            done += count > 0 ? count : throw new InvalidDataException("Binary COPY ended in its header.");
        }
    }

    private async Task<bool> FillAsync(CopyStream copy, RowBlockBuilder block, CancellationToken cancellationToken)
    {
        while (!block.IsFull)
        {
            int count = await ReadAsync(copy, block.Free, cancellationToken);
            if (count == 0)
            {
                return false;
            }

            block.AddPart(count);
        }

        return true;
    }

    private async ValueTask<int> ReadAsync(CopyStream copy, Memory<byte> free, CancellationToken cancellationToken)
    {
        try
        {
            return await copy.ReadAsync(free, cancellationToken);
        }
        catch (PostgresException failure) when (RowReader.IsTooLarge(failure))
        {
            throw Errors.FeatureUnsupported.CreateFrom(failure, query.TableName, $"the row {row} is larger than 1 GB");
        }
        catch (Exception failure)
        {
            Exception? translated = session.Translate(failure, cancellationToken);
            if (translated is null)
            {
                throw;
            }

            throw translated;
        }
    }
}
