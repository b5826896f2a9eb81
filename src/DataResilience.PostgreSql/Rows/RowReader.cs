using System.Runtime.CompilerServices;
using DataResilience.Providers;
using Npgsql;

namespace DataResilience.PostgreSql;

/// <summary>
/// Reads the rows of a range. A row too large for COPY's text, of which the server can make 1 GB at most, is read by itself in
/// binary form; the rows behind it are text again.
/// </summary>
/// <param name="reader">The session; it is to be discarded where reading does not come to its end.</param>
/// <param name="query">What to read.</param>
internal sealed class RowReader(Reader reader, RowQuery query)
{
    internal async IAsyncEnumerable<RowBlock> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        while (true)
        {
            var text = new TextRows(reader.Session, query.Text(after));
            await foreach (RowBlock block in text.ReadAsync(cancellationToken))
            {
                yield return block;
            }

            if (!text.HasLargeRow)
            {
                yield break;
            }

            // The driver closes a connection on which the server ran out of memory, which this is to it.
            await reader.RenewAsync(cancellationToken);
            after = await reader.Session.ScalarAsync<string>(query.Find(after, text.Rows), cancellationToken)
                ?? throw Errors.SourceUnreadable.Create(query.TableName, "a row that cannot be read is not there any more");
            await foreach (RowBlock block in new LargeRow(reader.Session, query, after).ReadAsync(cancellationToken))
            {
                yield return block;
            }
        }
    }

    /// <summary>Whether the server could not make the text of a row: no code of its own says so, and these words are never translated.</summary>
    internal static bool IsTooLarge(PostgresException failure) =>
        failure.SqlState == PostgresErrorCodes.ProgramLimitExceeded
        || (failure.SqlState == PostgresErrorCodes.InternalError
            && failure.MessageText.StartsWith("invalid memory alloc request size", StringComparison.Ordinal));
}
