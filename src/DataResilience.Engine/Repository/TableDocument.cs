using DataResilience.Providers;

namespace DataResilience.Engine.Repository;

/// <summary>The description of one table of a backup, sealed to Readers.</summary>
internal sealed record TableDocument
{
    public required string Schema { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<ColumnSchema> Columns { get; init; }

    public required IReadOnlyList<string> KeyColumns { get; init; }

    public required int RowEncoding { get; init; }

    public required IReadOnlyDictionary<string, string> Options { get; init; }

    public required IReadOnlyList<TableRange> Ranges { get; init; }

    public required TableDigest Digest { get; init; }

    public TableSchema ToSchema() => new()
    {
        Schema = Schema,
        Name = Name,
        Columns = Columns,
        KeyColumns = KeyColumns,
        RowEncodingVersion = RowEncoding,
        Options = Options,
        EstimatedRows = Digest.Rows,
    };
}
