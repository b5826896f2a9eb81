using System.Runtime.CompilerServices;
using DataResilience.Providers;
using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>Reads the rows of a range.</summary>
/// <param name="session">The session; it is to be discarded where reading does not come to its end.</param>
/// <param name="query">What to read.</param>
internal sealed class RowReader(ServerSession session, RowQuery query)
{
    internal async IAsyncEnumerable<RowBlock> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var block = new RowBlockBuilder();
        using var encoder = new RowEncoder(block, query.Columns);
        try
        {
            await using ResultReader result = await OpenAsync(cancellationToken);
            bool more = true;
            while (more)
            {
                more = await FillAsync(result, encoder, cancellationToken);
                if (!block.IsEmpty)
                {
                    yield return block.Take();
                }
            }
        }
        finally
        {
            block.Release();
        }
    }

    private async Task<ResultReader> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await session.ReadAsync(query.Text, cancellationToken);
        }
        catch (DataResilienceException failure) when (failure.InnerException is MySqlException answer && TableChange.Tells(answer))
        {
            throw Changed(answer);
        }
    }

    /// <summary>Fills the block.</summary>
    /// <returns>False if there are no more rows.</returns>
    private async ValueTask<bool> FillAsync(ResultReader result, RowEncoder encoder, CancellationToken cancellationToken)
    {
        try
        {
            while (encoder.IsInRow || await result.ReadAsync(cancellationToken))
            {
                if (!encoder.Encode(result.Row))
                {
                    return true;
                }
            }

            return false;
        }
        catch (MySqlException answer) when (TableChange.Tells(answer))
        {
            throw Changed(answer);
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

    private DataResilienceException Changed(MySqlException answer) =>
        Errors.SourceChanged.CreateFrom(answer, session.Address, $"the table '{query.TableName}': {answer.Message}");
}
