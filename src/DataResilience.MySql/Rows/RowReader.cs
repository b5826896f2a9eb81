using System.Globalization;
using System.Runtime.CompilerServices;
using DataResilience.Providers;
using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>Reads the rows of a range.</summary>
/// <param name="session">The session; it is to be discarded where reading does not come to its end.</param>
/// <param name="query">What to read.</param>
internal sealed class RowReader(ServerSession session, RowQuery query)
{
    // ER_WARN_ALLOWED_PACKET_OVERFLOWED, which the driver has no name for.
    private const int ValueTruncated = 1301;

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

            await result.DisposeAsync();
            await RequireCompleteAsync(cancellationToken);
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

    /// <summary>MariaDB gives NULL for a value that is larger than a packet may be, and only a warning tells.</summary>
    private async Task RequireCompleteAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<(int Code, string Message)> warnings = await session.QueryAsync(
            "SHOW WARNINGS",
            row => (Convert.ToInt32(row.GetValue(1), CultureInfo.InvariantCulture), row.GetString(2)),
            cancellationToken);
        if (warnings.FirstOrDefault(warning => warning.Code == ValueTruncated) is { Message: { } message })
        {
            throw Errors.PacketTooLarge.Create(session.Address, $"the table '{query.TableName}': {message.TrimEnd('.')}");
        }
    }

    private DataResilienceException Changed(MySqlException answer) =>
        Errors.SourceChanged.CreateFrom(answer, session.Address, $"the table '{query.TableName}': {answer.Message}");
}
