using DataResilience.Engine.Index;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Packs;
using DataResilience.Engine.Sealing;
using DataResilience.Engine.Tests.Verification;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Roles;

/// <summary>Every plain byte that a slot's keys give: keyrings, records, chunk tables, index pages, and chunks as far as they open.</summary>
internal sealed class WhatAWriterOpens(InMemoryObjectStore store, RepositoryKeys keys)
{
    private readonly List<byte[]> plain = [];

    /// <summary>Chunks that did not open, by the code of the refusal.</summary>
    internal List<string> Refusals { get; } = [];

    internal int OpenedContentChunks { get; private set; }

    internal IReadOnlyList<byte[]> Plain => plain;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    internal async Task OpenAllAsync()
    {
        foreach (string name in store.Names.Where(name => !name.StartsWith("copies/", StringComparison.Ordinal)))
        {
            switch (name.Split('/')[0])
            {
                case "packs":
                    await OpenPackAsync(Places.IdOf(name));
                    break;
                case "index":
                    await OpenIndexAsync(Places.IdOf(name));
                    break;
                case "backups" or "deletions" or "verifications" or "locks":
                    plain.Add(RecordSealer.Open(name, store.Content(name), keys).Plain);
                    break;
                default:
                    // Keyrings and repository.json are plain, slots are as good as random: the search of the raw bytes has them.
                    break;
            }
        }
    }

    private async Task OpenPackAsync(ObjectId id)
    {
        using var reader = new PackReader(store, keys);
        PackFile pack = await PackFile.OpenAsync(store, keys, id, null, Token);
        foreach (PackEntry entry in pack.Entries)
        {
            byte[] table = new byte[PackEntry.Size];
            entry.Write(table);
            plain.Add(table);
            await OpenChunkAsync(reader, new ChunkLocation(pack.Pack, entry));
        }
    }

    private async Task OpenChunkAsync(PackReader reader, ChunkLocation location)
    {
        try
        {
            using Engine.Chunking.PlainChunk chunk = await reader.ReadAsync(location, Token);
            plain.Add(chunk.Bytes.ToArray());
            OpenedContentChunks += location.Pack.Class == PackClass.Content ? 1 : 0;
        }
        catch (DataResilienceException refusal)
        {
            Refusals.Add(refusal.ErrorCode);
        }
    }

    private async Task OpenIndexAsync(ObjectId id)
    {
        IndexFile index = await IndexFile.OpenAsync(store, keys, id, null, Token);
        for (int i = 0; i < index.Pages.Count; i++)
        {
            IndexPageContent page = await index.ReadPageAsync(i, Token);
            for (int k = 0; k < page.Count; k++)
            {
                byte[] entry = new byte[IndexEntry.Size];
                page[k].Write(entry);
                plain.Add(entry);
            }
        }
    }
}
