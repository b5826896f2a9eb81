using DataResilience.Engine.Chunking;
using DataResilience.Engine.Packs;
using DataResilience.Engine.Sealing;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Packs;

public sealed class PackFileTests
{
    private readonly TestRepository repository = new();
    private readonly InMemoryObjectStore store = new();
    private readonly TestSlot owner;

    public PackFileTests() => owner = repository.AddSlot(RepositoryRole.Owner);

    [Fact]
    public async Task The_chunk_table_opens_with_the_catalog_key_alone()
    {
        PackSummary pack = await WriteAsync(ChunkKind.Rows);

        PackFile file = await PackFile.OpenAsync(store, repository.AddSlot(RepositoryRole.Keeper), pack.Pack.Id, null, TestPacks.Token);

        Assert.Equal(pack.Pack, file.Pack);
        Assert.Equal(pack.Entries, file.Entries);
    }

    [Theory]
    [InlineData(1, 7)]
    [InlineData(5, 7)]
    [InlineData(1, 1, Traits = ["Category", "Slow"])]
    [InlineData(5, 1, Traits = ["Category", "Slow"])]
    public async Task Every_flipped_bit_is_found_and_attributed(byte kind, int step)
    {
        PackSummary pack = await WriteAsync((ChunkKind)kind);
        byte[] content = store.Content(pack.Pack.Name);
        using var buffers = new PackBuffers(2);
        for (int bit = 0; bit < content.Length * 8; bit += step)
        {
            content[bit / 8] ^= (byte)(1 << (bit % 8));
            PackCheckResult result = await CheckAsync(content, pack.Pack, buffers);
            content[bit / 8] ^= (byte)(1 << (bit % 8));

            ObjectFault fault = Assert.Single(result.Faults);
            Assert.Equal((pack.Pack.Name, ProblemKind.Corrupt), (fault.Object, fault.Kind));
            Assert.True(PartOf(pack, content.Length, bit / 8) == fault.Part, $"bit {bit}: {fault}");
        }
    }

    [Fact]
    public async Task A_slot_without_a_role_finds_every_flipped_byte_too()
    {
        PackSummary pack = await WriteAsync(ChunkKind.Rows);
        TestSlot keeper = repository.AddSlot(RepositoryRole.Keeper);
        byte[] content = store.Content(pack.Pack.Name);
        using var buffers = new PackBuffers(2);
        for (int place = 0; place < content.Length; place++)
        {
            content[place] ^= 0x10;
            using var check = new PackCheck(TestPacks.StoreOf(pack.Pack.Name, content), keeper, buffers);
            PackCheckResult result = await check.RunAsync(pack.Pack.Id, TestPacks.Token);
            content[place] ^= 0x10;

            Assert.Equal(PartOf(pack, content.Length, place), Assert.Single(result.Faults).Part);
            Assert.False(result.ContentOpened);
        }
    }

    [Fact]
    public async Task A_pack_cut_off_anywhere_or_with_bytes_behind_it_is_corrupt()
    {
        PackSummary pack = await WriteAsync(ChunkKind.Rows);
        byte[] content = store.Content(pack.Pack.Name);
        using var buffers = new PackBuffers(2);
        for (int length = 0; length < content.Length; length += 7)
        {
            PackCheckResult result = await CheckAsync(content[..length], pack.Pack, buffers);

            Assert.Equal(ProblemKind.Corrupt, Assert.Single(result.Faults).Kind);
        }

        Assert.Equal(ProblemKind.Corrupt, Assert.Single((await CheckAsync([.. content, 0], pack.Pack, buffers)).Faults).Kind);
        byte[] trailerAgain = [.. content, .. content[^128..]];
        Assert.Equal(ProblemKind.Corrupt, Assert.Single((await CheckAsync(trailerAgain, pack.Pack, buffers)).Faults).Kind);
    }

    [Fact]
    public async Task A_pack_under_the_name_of_another_is_a_mismatch()
    {
        PackSummary one = await WriteAsync(ChunkKind.Rows);
        PackSummary other = await WriteAsync(ChunkKind.Rows);
        store.Overwrite(one.Pack.Name, store.Content(other.Pack.Name));

        ObjectFault fault = await OpeningFaultAsync(owner, one.Pack);

        Assert.Equal((one.Pack.Name, ProblemKind.Mismatch), (fault.Object, fault.Kind));
        Assert.Contains(other.Pack.Id.ToString(), fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pack_of_another_repository_is_a_mismatch()
    {
        PackSummary pack = await WriteAsync(ChunkKind.Rows);
        var foreign = new TestRepository(seed: 77);

        ObjectFault fault = await OpeningFaultAsync(foreign.AddSlot(RepositoryRole.Owner), pack.Pack);

        Assert.Equal(ProblemKind.Mismatch, fault.Kind);
        Assert.Contains(repository.Id.ToString(), fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pack_that_is_not_there_is_missing()
    {
        PackSummary pack = await WriteAsync(ChunkKind.Rows);
        await store.DeleteAsync(pack.Pack.Name, TestPacks.Token);

        ObjectFault fault = await OpeningFaultAsync(owner, pack.Pack);

        Assert.Equal(ProblemKind.Missing, fault.Kind);
    }

    [Theory]
    [InlineData(1, "ObjectUnsupported")] // a signature of this version is not there, so it may well be a later one
    [InlineData(0, "ObjectDamaged")]
    public async Task A_later_version_is_refused_by_name_unless_this_version_signed_it(int signatureFlip, string code)
    {
        PackSummary pack = await WriteAsync(ChunkKind.Rows);
        byte[] content = store.Content(pack.Pack.Name);
        content[5] = 2;
        content[^1] ^= (byte)signatureFlip;
        store.Overwrite(pack.Pack.Name, content);

        DataResilienceException refused = await Assert.ThrowsAsync<DataResilienceException>(
            () => PackFile.OpenAsync(store, owner, pack.Pack.Id, null, TestPacks.Token));

        Assert.Equal(code, refused.ErrorCode);
        Assert.Equal(pack.Pack.Name, refused.Target);
    }

    [Theory]
    [InlineData("overlap")]
    [InlineData("gap")]
    [InlineData("plain length")]
    [InlineData("no plain bytes")]
    [InlineData("kind of another class")]
    [InlineData("content key that is not there")]
    [InlineData("unknown codec")]
    [InlineData("last missing")]
    public async Task A_signed_pack_whose_table_cannot_be_is_a_mismatch(string lie)
    {
        PackSummary pack = await WriteAsync(ChunkKind.Rows);
        PackSummary lying = ForgedPack.WithTable(store, repository, owner, pack, entries => Lie(entries, lie));

        ObjectFault fault = await OpeningFaultAsync(owner, lying.Pack);

        Assert.Equal(ProblemKind.Mismatch, fault.Kind);
    }

    private static void Lie(List<PackEntry> entries, string lie)
    {
        entries[1] = lie switch
        {
            "overlap" => entries[1] with { Offset = entries[1].Offset - 1 },
            "gap" => entries[1] with { Offset = entries[1].Offset + 1 },
            "plain length" => entries[1] with { PlainLength = ChunkLimits.MaxBytes + 1 },
            "no plain bytes" => entries[1] with { PlainLength = 0 },
            "kind of another class" => entries[1] with { Kind = ChunkKind.ChunkList },
            "content key that is not there" => entries[1] with { KeyNumber = 1 },
            "unknown codec" => entries[1] with { Codec = (ChunkCodec)2 },
            _ => entries[1],
        };
        if (lie == "last missing")
        {
            entries.RemoveAt(entries.Count - 1);
        }
    }

    /// <summary>Which part of a pack a byte belongs to.</summary>
    private static string PartOf(PackSummary pack, int size, int place)
    {
        PackEntry chunk = pack.Entries.FirstOrDefault(entry => (ulong)place >= entry.Offset && (ulong)place < entry.End);
        return place switch
        {
            _ when place < PackHeader.Size => ObjectFault.Header,
            _ when place < (int)pack.Entries[0].Offset => ObjectFault.ContentKeys,
            _ when chunk != default => ObjectFault.Chunk(chunk.Id),
            _ when place < size - SignedTrailer.Size => ObjectFault.ChunkTable,
            _ => ObjectFault.Trailer,
        };
    }

    private Task<PackSummary> WriteAsync(ChunkKind kind) => TestPacks.WriteOneAsync(
        owner, repository, store, TestChunk.Text(repository, 1, 100, kind), TestChunk.Noise(repository, 2, 60, kind), TestChunk.Text(repository, 3, 80, kind));

    private async Task<PackCheckResult> CheckAsync(byte[] content, PackReference pack, PackBuffers buffers)
    {
        using var check = new PackCheck(TestPacks.StoreOf(pack.Name, content), owner, buffers);
        return await check.RunAsync(pack.Id, TestPacks.Token);
    }

    private async Task<ObjectFault> OpeningFaultAsync(TestSlot slot, PackReference pack) =>
        TestPacks.FaultOf(await Assert.ThrowsAsync<DataResilienceException>(() => PackFile.OpenAsync(store, slot, pack.Id, null, TestPacks.Token)));
}
