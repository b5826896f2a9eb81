using System.Runtime.CompilerServices;
using DataResilience.Engine.Chunking;

namespace DataResilience.Engine.Repository;

/// <summary>What is in one backup: its documents, lists and rows, read chunk by chunk.</summary>
internal sealed class BackupContents
{
    private readonly ChunkSource chunks;

    private BackupContents(Manifest manifest, ChunkSource chunks)
    {
        Manifest = manifest;
        this.chunks = chunks;
    }

    internal Manifest Manifest { get; }

    internal ChunkSource Chunks => chunks;

    internal static async Task<BackupContents> OpenAsync(
        OpenedRepository repository, string backupId, CancellationToken cancellationToken) =>
        await OpenAsync(repository, await ChunkSource.OpenAsync(repository, cancellationToken), backupId, cancellationToken);

    /// <summary>Opens a backup whose chunks are found through an index that is loaded already.</summary>
    internal static async Task<BackupContents> OpenAsync(
        OpenedRepository repository, ChunkSource chunks, string backupId, CancellationToken cancellationToken)
    {
        TwinObject<SignedManifest> manifest = await ManifestFile.ReadAsync(repository, backupId, cancellationToken);
        if (manifest.Value is null or { IsRevoked: true })
        {
            throw Errors.ObjectDamaged.Create(ObjectNames.Manifest(backupId), "neither copy of the manifest can be read");
        }

        return new BackupContents(manifest.Value.Manifest, chunks);
    }

    internal async Task<SchemaDocument> ReadSchemaAsync(CancellationToken cancellationToken) =>
        RecordReading.Json("the schema", await chunks.ReadDocumentAsync(Manifest.Schema, ChunkKind.Schema, cancellationToken), RepositoryJson.Default.SchemaDocument);

    internal async Task<TableDocument> ReadTableAsync(ManifestTable table, CancellationToken cancellationToken) =>
        RecordReading.Json(
            $"the description of {table.QualifiedName}",
            await chunks.ReadDocumentAsync(table.Description, ChunkKind.TableDescription, cancellationToken),
            RepositoryJson.Default.TableDocument);

    /// <summary>The chunks of a table, in order; needs the catalog key alone.</summary>
    internal IAsyncEnumerable<ChunkListEntry> ListChunksAsync(ManifestTable table, CancellationToken cancellationToken) =>
        ListChunksAsync(table, ChunkSpan.Whole, cancellationToken);

    /// <summary>Some of the chunks of a table, in order; needs the catalog key alone.</summary>
    internal async IAsyncEnumerable<ChunkListEntry> ListChunksAsync(
        ManifestTable table, ChunkSpan span, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long left = span.Chunks;
        for (int list = span.List; list < table.Lists.Count && left > 0; list++)
        {
            ChunkListEntry[] entries = await ReadListAsync(table.Lists[list], cancellationToken);
            for (int i = list == span.List ? span.Entry : 0; i < entries.Length && left > 0; i++)
            {
                yield return entries[i];
                left--;
            }
        }
    }

    /// <summary>Reads one of a table's lists.</summary>
    internal async Task<ChunkListEntry[]> ReadListAsync(string list, CancellationToken cancellationToken)
    {
        using PlainChunk plain = await chunks.ReadAsync(ChunkSource.ParseId(list), ChunkKind.ChunkList, cancellationToken);
        return ChunkList.ReadEntries(plain.Bytes.Span);
    }

    /// <summary>The digests of a table's chunks, in their order; needs a Reader.</summary>
    internal async IAsyncEnumerable<ChunkDigest> ListDigestsAsync(ManifestTable table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string id in table.Digests)
        {
            ChunkDigest[] digests;
            using (PlainChunk plain = await chunks.ReadAsync(ChunkSource.ParseId(id), ChunkKind.Digests, cancellationToken))
            {
                digests = ChunkList.ReadDigests(plain.Bytes.Span);
            }

            foreach (ChunkDigest digest in digests)
            {
                yield return digest;
            }
        }
    }

    /// <summary>Every chunk of the backup: schema, and of each table description, lists, digests and rows. Needs the catalog key alone.</summary>
    internal async IAsyncEnumerable<ChunkId> ListAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string id in Manifest.Schema)
        {
            yield return ChunkSource.ParseId(id);
        }

        foreach (ManifestTable table in Manifest.Tables)
        {
            await foreach (ChunkId id in ListAllAsync(table, cancellationToken))
            {
                yield return id;
            }
        }
    }

    /// <summary>Every chunk of a table.</summary>
    internal async IAsyncEnumerable<ChunkId> ListAllAsync(ManifestTable table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string id in table.Description.Concat(table.Lists).Concat(table.Digests))
        {
            yield return ChunkSource.ParseId(id);
        }

        await foreach (ChunkListEntry entry in ListChunksAsync(table, cancellationToken))
        {
            yield return entry.Id;
        }
    }
}
