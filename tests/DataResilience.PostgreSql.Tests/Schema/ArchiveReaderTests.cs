using FsCheck;
using FsCheck.Fluent;

namespace DataResilience.PostgreSql.Tests;

public sealed class ArchiveReaderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Archives that pg_dump 15 and 18 wrote; 1.15, which 16 writes, differs from 1.14 in how compression is named.</summary>
    public static TheoryData<string> Versions => ["1.14", "1.15", "1.16"];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Entries_of_every_version_are_read(string version)
    {
        ArchiveContents contents = await ReadAsync(Archive(version));

        Assert.Equal(version, contents.Version.ToString(2));
        Assert.Equal(
            ["ACL", "COMMENT", "CONSTRAINT", "DEFAULT", "FK CONSTRAINT", "FUNCTION", "SCHEMA", "SEQUENCE", "SEQUENCE OWNED BY", "TABLE", "TRIGGER", "VIEW"],
            contents.Entries.Select(entry => entry.Kind).Except(["DATABASE", "ENCODING", "STDSTRINGS", "SEARCHPATH"]).Distinct().Order(StringComparer.Ordinal));
        ArchiveEntry item = contents.Entries.Single(entry => entry is { Kind: "TABLE", Tag: "item" });
        Assert.Equal("store", item.Schema);
        Assert.Equal("postgres", item.Owner);
        Assert.Equal("heap", item.AccessMethod);
        Assert.Equal(ArchiveSection.PreData, item.Section);
        Assert.Equal(CatalogId.Relations, item.Catalog.Catalog);
        Assert.StartsWith("CREATE TABLE \"store\".\"item\" (", item.Definition, StringComparison.Ordinal);
        Assert.Equal("DROP TABLE \"store\".\"item\";\n", item.Drop);
        ArchiveEntry key = contents.Entries.Single(entry => entry.Kind == "FK CONSTRAINT");
        Assert.Equal("order \"é order \"é_item_fkey", key.Tag);
        Assert.Contains(item.Id, key.DependsOn);
        Assert.Equal(ArchiveSection.PostData, key.Section);
    }

    [Fact]
    public async Task Text_that_looks_like_an_entry_is_none()
    {
        ArchiveContents contents = await ReadAsync(Archive("1.16"));

        Assert.DoesNotContain(contents.Entries, entry => entry.Tag == "fake");
        Assert.Contains(contents.Entries, entry => entry.Definition.Contains("-- Name: fake; Type: TABLE", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, 1, 13)]
    [InlineData(0, 1, 17)]
    [InlineData(0, 2, 14)]
    public async Task Another_version_is_refused_by_name(int revision, int major, int minor)
    {
        byte[] archive = Archive("1.14");
        (archive[5], archive[6], archive[7]) = ((byte)major, (byte)minor, (byte)revision);

        DataResilienceException refused = await Assert.ThrowsAsync<DataResilienceException>(() => ReadAsync(archive));

        Assert.Equal(Errors.FeatureUnsupported.Code, refused.ErrorCode);
        Assert.Contains($"{major}.{minor}", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task An_archive_cut_anywhere_is_refused(string version)
    {
        byte[] archive = Archive(version);
        for (int length = 0; length < archive.Length; length++)
        {
            byte[] part = archive[..length];
            ArchiveFormatException refused = await Assert.ThrowsAsync<ArchiveFormatException>(() => ReadAsync(part));
            Assert.Equal("it ends in the middle", refused.Message);
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_garbled_archive_is_read_or_refused(string version)
    {
        byte[] archive = Archive(version);
        Arbitrary<(int, byte)[]> changes = Gen.Choose(0, archive.Length - 1)
            .SelectMany(place => Gen.Choose(0, 255).Select(value => (place, (byte)value)))
            .NonEmptyListOf().Select(list => list.ToArray()).ToArbitrary();

        Prop.ForAll(changes, list => IsReadOrRefusedAsync(archive, list).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Theory]
    [InlineData("1.14", 7)]
    [InlineData("1.15", 7)]
    [InlineData("1.16", 7)]
    [InlineData("1.14", 1, Traits = ["Category", "Slow"])]
    [InlineData("1.15", 1, Traits = ["Category", "Slow"])]
    [InlineData("1.16", 1, Traits = ["Category", "Slow"])]
    public async Task Every_byte_may_have_any_bit_changed(string version, int step)
    {
        byte[] archive = Archive(version);
        for (int bit = 0; bit < archive.Length * 8; bit += step)
        {
            Assert.True(await IsReadOrRefusedAsync(archive, [(bit / 8, (byte)(archive[bit / 8] ^ (1 << (bit % 8))))]));
        }
    }

    [Fact]
    public async Task A_length_is_not_believed_before_its_bytes_are_there()
    {
        byte[] archive = Archive("1.14");
        // The length of the database's name: the magic, the header, eight numbers.
        int place = 11 + (5 * 8);
        (archive[place + 1], archive[place + 2], archive[place + 3], archive[place + 4]) = (0xff, 0xff, 0xff, 0x0f);
        long before = GC.GetAllocatedBytesForCurrentThread();

        await Assert.ThrowsAsync<ArchiveFormatException>(() => ReadAsync(archive));

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4 * 1024 * 1024);
    }

    private static async Task<bool> IsReadOrRefusedAsync(byte[] archive, IEnumerable<(int Place, byte Value)> changes)
    {
        byte[] garbled = [.. archive];
        foreach ((int place, byte value) in changes)
        {
            garbled[place] = value;
        }

        try
        {
            await ReadAsync(garbled);
            return true;
        }
        catch (ArchiveFormatException)
        {
            return true;
        }
        catch (DataResilienceException failure)
        {
            return failure.ErrorCode == Errors.FeatureUnsupported.Code;
        }
    }

    private static Task<ArchiveContents> ReadAsync(byte[] archive) => ArchiveReader.ReadAsync(new MemoryStream(archive), Token);

    private static byte[] Archive(string version)
    {
        using Stream stream = typeof(ArchiveReaderTests).Assembly.GetManifestResourceStream($"archive-{(version == "1.15" ? "1.14" : version)}.bin")!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        byte[] bytes = memory.ToArray();
        if (version != "1.15")
        {
            return bytes;
        }

        bytes[6] = 15;
        // A number of five bytes becomes one byte, behind magic, version, sizes and format.
        return [.. bytes[..11], 0, .. bytes[16..]];
    }
}
