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
        await using var command = new MySqlCommand(query.Text, session.Connection);
        MySqlDataReader? reader = null;
        bool more = true;
        try
        {
            reader = await OpenAsync(command, cancellationToken);
            while (more)
            {
                more = await FillAsync(reader, encoder, cancellationToken);
                if (!block.IsEmpty)
                {
                    yield return block.Take();
                }
            }
        }
        finally
        {
            block.Release();
            if (reader is not null)
            {
                await CloseAsync(command, reader, isComplete: !more);
            }
        }
    }

    /// <summary>Fills the block.</summary>
    /// <returns>False if there are no more rows.</returns>
    private async ValueTask<bool> FillAsync(MySqlDataReader reader, RowEncoder encoder, CancellationToken cancellationToken)
    {
        try
        {
            while (encoder.IsInRow || await reader.ReadAsync(cancellationToken))
            {
                if (!encoder.Encode(reader))
                {
                    return true;
                }
            }

            return false;
        }
        catch (Exception failure)
        {
            throw Explain(failure, cancellationToken);
        }
    }

    private async Task<MySqlDataReader> OpenAsync(MySqlCommand command, CancellationToken cancellationToken)
    {
        try
        {
            return await command.ExecuteReaderAsync(cancellationToken);
        }
        catch (Exception failure)
        {
            throw Explain(failure, cancellationToken);
        }
    }

    /// <summary>Ends the statement at the server: the driver would read all that is left of it.</summary>
    private static async Task CloseAsync(MySqlCommand command, MySqlDataReader reader, bool isComplete)
    {
        if (!isComplete)
        {
            await Task.Run(command.Cancel);
        }

        await reader.DisposeAsync();
    }

    private Exception Explain(Exception failure, CancellationToken cancellationToken)
    {
        Exception translated = session.Translate(failure, cancellationToken) ?? failure;
        return (translated as DataResilienceException)?.InnerException is MySqlException answer && TableChange.Tells(answer)
            ? Errors.SourceChanged.CreateFrom(answer, session.Address, $"the table '{query.TableName}': {answer.Message}")
            : translated;
    }
}
