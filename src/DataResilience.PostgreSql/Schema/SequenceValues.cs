using System.Globalization;
using System.Text;
using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>
/// The values of sequences. They are outside of every transaction: read here, after the snapshot was taken, a value is at least the
/// one that any row of the snapshot holds.
/// </summary>
internal sealed class SequenceValues(ServerSession session, RelationCatalog catalog, SchemaReading options)
{
    private const int SequencesPerQuery = 500;

    // What an extension has made is the extension's, but for what it registered as its configuration. An unlogged sequence has no
    // value on a standby.
    private const string Sequences =
        """
        SELECT c.oid, c.relpersistence = 'u', pg_catalog.has_sequence_privilege(c.oid, 'SELECT')
        FROM pg_catalog.pg_class AS c
        LEFT JOIN pg_catalog.pg_depend AS d
            ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'e'
        LEFT JOIN pg_catalog.pg_extension AS x ON x.oid = d.refobjid
        WHERE c.relkind = 'S' AND c.relpersistence <> 't' AND c.oid >= 16384 AND (x.oid IS NULL OR c.oid = ANY (x.extconfig))
        ORDER BY c.oid
        """;

    internal async Task<List<PlacedObject>> ReadAsync(SchemaAssembly schema, CancellationToken cancellationToken)
    {
        IReadOnlyList<(uint Oid, bool IsUnlogged, bool IsReadable)> found = await session.QueryAsync(
            Sequences, row => (row.GetFieldValue<uint>(0), row.GetBoolean(1), row.GetBoolean(2)), cancellationToken);
        HashSet<uint> hidden = [.. options.Hidden.Select(table => table.Oid)];
        Relation[] sequences =
        [
            .. found.Where(item => !(options.IsStandby && item.IsUnlogged) && IsWanted(item.Oid, item.IsReadable))
                .Select(item => catalog.Find(item.Oid)).OfType<Relation>(),
        ];
        var objects = new List<PlacedObject>();
        foreach (Relation[] part in sequences.Chunk(SequencesPerQuery))
        {
            objects.AddRange((await ReadValuesAsync(part, cancellationToken)).Select(value => Describe(value, schema)));
        }

        return objects;

        // A table that is left out takes its sequences with it.
        bool IsWanted(uint sequence, bool isReadable) =>
            catalog.FindPart(CatalogId.Relation(sequence)) is not { } part
            || (!hidden.Contains(part.Relation) && (isReadable || options.Takes(part.Relation)));
    }

    /// <summary>Reading a sequence locks it till the end of the transaction, or of a savepoint: the room for locks is limited.</summary>
    private async Task<IReadOnlyList<(Relation Sequence, long Value, bool IsCalled)>> ReadValuesAsync(
        Relation[] sequences, CancellationToken cancellationToken)
    {
        var sql = new StringBuilder();
        for (int i = 0; i < sequences.Length; i++)
        {
            sql.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : " UNION ALL ")}SELECT {i}, last_value, is_called FROM {sequences[i].Sql}");
        }

        await session.ExecuteAsync("SAVEPOINT sequences", cancellationToken);
        IReadOnlyList<(Relation, long, bool)> values = await session.QueryAsync(
            sql.ToString(), row => (sequences[row.GetInt32(0)], row.GetInt64(1), row.GetBoolean(2)), cancellationToken);
        await session.ExecuteAsync("ROLLBACK TO SAVEPOINT sequences; RELEASE SAVEPOINT sequences", cancellationToken);
        return values;
    }

    private PlacedObject Describe((Relation Sequence, long Value, bool IsCalled) value, SchemaAssembly schema)
    {
        Relation sequence = value.Sequence;
        RelationPart? part = catalog.FindPart(CatalogId.Relation(sequence.Oid));
        string isCalled = value.IsCalled ? "true" : "false";
        return new PlacedObject(
            new SchemaObject
            {
                Id = schema.NextId(),
                Kind = ObjectKind.SequenceSet,
                Schema = sequence.Schema,
                Name = sequence.Name,
                Table = part is null ? null : catalog.Find(part.Relation)?.QualifiedName,
                Phase = SchemaPhase.PostData,
                Definition = string.Create(
                    CultureInfo.InvariantCulture, $"SELECT pg_catalog.setval({SqlName.Text(sequence.Sql)}, {value.Value}, {isCalled});"),
                DependsOn = schema.FindId(ObjectKind.Sequence, sequence.Schema, sequence.Name) is { } id ? [id] : [],
            },
            SchemaPass.Main);
    }
}
