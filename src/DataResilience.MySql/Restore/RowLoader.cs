using System.Globalization;
using System.Runtime.ExceptionServices;
using DataResilience.Providers;
using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>Loads the rows of one table on one session, by LOAD DATA from what comes, or where the server refuses that by INSERT.</summary>
/// <param name="target">The target as the user named it.</param>
/// <param name="neverLoads">Whether rows are inserted wherever they go.</param>
internal sealed class RowLoader(ServerAddress target, bool neverLoads)
{
    // A load is one transaction: what it wrote is kept for its rollback, so it ends after so many bytes and the next begins.
    private const long MostBytes = 256 << 20;

    private const string Truncated = "1265";

    private readonly Lock gate = new();
    private Limits? limits;
    private bool inserted;

    /// <summary>What the user should know of how rows were loaded.</summary>
    internal IReadOnlyList<string> Warnings => inserted
        ? ["rows were inserted by statements of many rows, several times slower than LOAD DATA, since local_infile is off at the server: turn it on there for large restores"]
        : [];

    /// <summary>Loads rows.</summary>
    /// <param name="session">The session, which nobody else uses meanwhile.</param>
    /// <param name="table">The table.</param>
    /// <param name="rows">Its rows, or some of them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task<long> LoadAsync(
        ServerSession session, TableSchema table, IAsyncEnumerable<RowBlock> rows, CancellationToken cancellationToken)
    {
        Limits known = await LimitsAsync(session, cancellationToken);
        bool inserts = neverLoads || !known.TakesLoads || table.Columns.Count == 0;
        inserted |= inserts && table.Columns.Count > 0;
        Exception TooLarge(long bytes) => Errors.PacketTooLarge.Create(
            target, string.Create(CultureInfo.InvariantCulture, $"a row of the table '{table.QualifiedName}' needs {bytes} bytes, and max_allowed_packet is {known.Packet}"));
        await using var supply = new RowSupply(rows, TooLarge, known.Packet, cancellationToken);
        return inserts
            ? await new RowInserter(session, table, known.Packet, TooLarge).InsertAsync(supply, cancellationToken)
            : await LoadAsync(session, table, supply, cancellationToken);
    }

    private static async Task<long> LoadAsync(ServerSession session, TableSchema table, RowSupply supply, CancellationToken cancellationToken)
    {
        long count = 0;
        bool isMore = await supply.NextAsync();
        while (isMore)
        {
            await using var stream = new RowStream(supply, MostBytes);
            int loaded = 0;
            await session.GuardAsync(async kill => loaded = await LoadAsync(session, table, supply, stream, kill), cancellationToken);

            await RequireAsync(session, table, stream.Rows, loaded, cancellationToken);
            count += loaded;
            isMore = !stream.IsLast;
        }

        return count;
    }

    /// <summary>The driver tells what its source threw as a failure of its own.</summary>
    private static async Task<int> LoadAsync(
        ServerSession session, TableSchema table, RowSupply supply, RowStream stream, CancellationToken cancellationToken)
    {
        try
        {
            return await Loader(session, table, stream).LoadAsync(cancellationToken);
        }
        catch (MySqlException) when (supply.Failure is not null)
        {
            ExceptionDispatchInfo.Throw(supply.Failure);
            throw;
        }
    }

    private static MySqlBulkLoader Loader(ServerSession session, TableSchema table, Stream stream)
    {
        var loader = new MySqlBulkLoader(session.Connection)
        {
            TableName = SqlText.Name(table.Name),
            SourceStream = stream,
            Local = true,
            CharacterSet = "binary",
            FieldTerminator = "\t",
            EscapeCharacter = '\\',
            LineTerminator = "\n",
            Timeout = 0,
        };
        foreach ((ColumnSchema column, int place) in table.Columns.Select((column, place) => (column, place)))
        {
            string variable = string.Create(CultureInfo.InvariantCulture, $"@v{place}");
            string? assigned = ColumnEncoding.Load(column, variable);
            loader.Columns.Add(assigned is null ? SqlText.Name(column.Name) : variable);
            if (assigned is not null)
            {
                loader.Expressions.Add($"{SqlText.Name(column.Name)} = {assigned}");
            }
        }

        return loader;
    }

    /// <summary>A LOCAL load never fails for a value: it changes it, or leaves the row out, and warns.</summary>
    internal static async Task RequireAsync(ServerSession session, TableSchema table, long expected, long loaded, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Text, string Code)> all = await session.QueryAsync(
            "SHOW WARNINGS LIMIT 100", row => (row.GetString(2), Convert.ToString(row.GetValue(1), CultureInfo.InvariantCulture)!), cancellationToken);
        string[] warnings = [.. all.Where(warning => !IsEmptyMember(table, warning.Text, warning.Code)).Take(3).Select(warning => $"{warning.Text} ({warning.Code})")];
        if (loaded != expected || warnings.Length > 0)
        {
            string count = string.Create(CultureInfo.InvariantCulture, $"{loaded} of {expected} rows were taken");
            throw Errors.RestoreMismatch.Create(
                table.QualifiedName, warnings.Length == 0 ? count : $"{count}, and the server said: {string.Join("; ", warnings)}");
        }
    }

    /// <summary>
    /// An ENUM's value that is none of its members, which it has where a server took a wrong one, cannot be given without a warning.
    /// That it is one is proved when the rows are read back.
    /// </summary>
    private static bool IsEmptyMember(TableSchema table, string text, string code) =>
        code == Truncated && table.Columns.Any(column =>
            column.Type.StartsWith("enum(", StringComparison.OrdinalIgnoreCase) && text.Contains($"'{column.Name}'", StringComparison.Ordinal));

    private async Task<Limits> LimitsAsync(ServerSession session, CancellationToken cancellationToken)
    {
        if (limits is { } known)
        {
            return known;
        }

        IReadOnlyList<Limits> read = await session.QueryAsync(
            "SELECT CAST(@@max_allowed_packet AS CHAR), CAST(@@GLOBAL.local_infile AS CHAR)",
            row => new Limits(long.Parse(row.GetString(0), CultureInfo.InvariantCulture), row.GetString(1) is "1" or "ON"),
            cancellationToken);
        lock (gate)
        {
            return limits = read[0];
        }
    }

    private sealed record Limits(long Packet, bool TakesLoads);
}
