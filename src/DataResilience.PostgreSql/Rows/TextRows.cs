using System.Runtime.CompilerServices;
using DataResilience.Providers;
using Npgsql;

namespace DataResilience.PostgreSql;

/// <summary>Rows as one COPY gives them in text form, to its end or to a row that is too large for it.</summary>
internal sealed class TextRows(ServerSession session, string statement)
{
    /// <summary>How many rows were read.</summary>
    internal long Rows { get; private set; }

    /// <summary>Whether it ended before a row that is too large.</summary>
    internal bool HasLargeRow { get; private set; }

    internal async IAsyncEnumerable<RowBlock> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var block = new RowBlockBuilder();
        CopyStream? copy = null;
        try
        {
            copy = await session.CopyOutAsync(statement, cancellationToken);
            bool more = true;
            while (more)
            {
                more = await FillAsync(copy, block, cancellationToken);
                Rows += block.Rows;
                if (!block.IsEmpty)
                {
                    yield return block.Take();
                }
            }
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

    /// <summary>Fills the block.</summary>
    /// <returns>False if there is no more.</returns>
    private async ValueTask<bool> FillAsync(CopyStream copy, RowBlockBuilder block, CancellationToken cancellationToken)
    {
        try
        {
            while (!block.IsFull)
            {
                int count = await copy.ReadAsync(block.Free, cancellationToken);
                if (count == 0)
                {
                    return false;
                }

                block.AddText(count);
            }

            return true;
        }
        catch (PostgresException failure) when (RowReader.IsTooLarge(failure))
        {
            HasLargeRow = true;
            return false;
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
