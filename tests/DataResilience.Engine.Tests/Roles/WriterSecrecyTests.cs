using System.Security.Cryptography;
using System.Text;
using DataResilience.Engine.Chunking;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Packs;
using DataResilience.Engine.Sealing;
using DataResilience.Engine.Tests.Verification;

namespace DataResilience.Engine.Tests.Roles;

/// <summary>Whoever writes backups cannot read them: neither those of others nor its own.</summary>
public sealed class WriterSecrecyTests(BaseRepository repository) : IClassFixture<BaseRepository>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_Writer_opens_no_content_chunk_of_any_pack()
    {
        var writer = new WhatAWriterOpens(repository.Store, await repository.UnlockAsync(repository.Store, "nightly"));
        await writer.OpenAllAsync();

        Assert.Equal(0, writer.OpenedContentChunks);
        Assert.NotEmpty(writer.Refusals);
        Assert.All(writer.Refusals, code => Assert.Equal("RoleRequired", code));
    }

    [Fact]
    public async Task No_key_that_a_Writer_holds_opens_a_content_chunk_or_the_key_of_one()
    {
        RepositoryKeys keys = await repository.UnlockAsync(repository.Store, "nightly");
        byte[][] held = [keys.CatalogKey(1), keys.DeduplicationSecret(), SHA256.HashData(keys.CatalogKey(1)), new byte[32]];
        using var opener = new ChunkOpener(keys);
        int tried = 0;
        foreach (PackFile pack in await ContentPacksAsync(keys))
        {
            byte[] content = repository.Store.Content(pack.Pack.Name);
            foreach (PackEntry entry in pack.Entries)
            {
                ReadOnlyMemory<byte> sealedBytes = content.AsMemory((int)entry.Offset, (int)entry.SealedLength);
                PackContentKey contentKey = pack.ContentKeys[entry.KeyNumber];
                Assert.All(held, key => Assert.Null(opener.Open(new ChunkLocation(pack.Pack, entry), contentKey, key, sealedBytes.Span, out _)));
                Assert.Equal("RoleRequired", Assert.Throws<DataResilienceException>(() => PackKeys.Open(keys, contentKey, PackClass.Content)).ErrorCode);
                tried++;
            }
        }

        Assert.True(tried > 10);
    }

    [Fact]
    public async Task Rows_and_schema_text_are_in_no_object_and_in_nothing_that_a_Writer_opens()
    {
        byte[][] secrets = [.. Secrets().Select(Encoding.UTF8.GetBytes)];
        var writer = new WhatAWriterOpens(repository.Store, await repository.UnlockAsync(repository.Store, "nightly"));
        var reader = new WhatAWriterOpens(repository.Store, await repository.UnlockAsync(repository.Store, "auditor"));
        await writer.OpenAllAsync();
        await reader.OpenAllAsync();

        // The search finds what is there to be found: a Reader opens all of it.
        Assert.All(secrets, secret => Assert.Contains(reader.Plain, bytes => Holds(bytes, secret)));
        Assert.All(secrets, secret => Assert.DoesNotContain(writer.Plain, bytes => Holds(bytes, secret)));
        Assert.All(repository.Store.Names, name => Assert.DoesNotContain(secrets, secret => Holds(repository.Store.Content(name), secret)));
        // What the catalog key gives, and docs/repository-format.md says so: the names of tables.
        Assert.Contains(writer.Plain, bytes => Holds(bytes, "customers"u8));
    }

    /// <summary>Of every table of every backup a row from the beginning, the middle and the end, and what creates it.</summary>
    private IEnumerable<string> Secrets() => repository.Expected.Values
        .SelectMany(database => database.Tables)
        .Where(table => table.Value.Count > 0)
        .SelectMany(table => new[] { table.Value[0], table.Value[table.Value.Count / 2], table.Value[^1], $"create table {table.Key}", $"create index on {table.Key}" })
        .Append(" of the table|")
        .Append("\"keyColumns\"")
        .Distinct();

    private static bool Holds(byte[] bytes, ReadOnlySpan<byte> text) => bytes.AsSpan().IndexOf(text) >= 0;

    private async Task<IReadOnlyList<PackFile>> ContentPacksAsync(RepositoryKeys keys)
    {
        var packs = new List<PackFile>();
        foreach (string name in repository.Store.Names.Where(name => name.StartsWith("packs/", StringComparison.Ordinal)))
        {
            PackFile pack = await PackFile.OpenAsync(repository.Store, keys, Places.IdOf(name), null, Token);
            if (pack.Pack.Class == PackClass.Content)
            {
                packs.Add(pack);
            }
        }

        return packs;
    }
}
