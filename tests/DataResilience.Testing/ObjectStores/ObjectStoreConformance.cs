using DataResilience.Providers;

namespace DataResilience.Testing.ObjectStores;

/// <summary>What every object store must do. Derive a class of tests from it that makes the store.</summary>
public abstract class ObjectStoreConformance
{
    private const int LargeBytes = 20_000_000;

    private readonly Lazy<IObjectStore> store;

    protected ObjectStoreConformance() => store = new Lazy<IObjectStore>(CreateStore);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IObjectStore Store => store.Value;

    [Fact]
    public async Task A_created_object_is_there_as_it_was_given()
    {
        Assert.True(await Store.CreateAsync("packs/0a/first", new byte[] { 1, 2, 3 }, Token));

        Assert.Equal(new byte[] { 1, 2, 3 }, await ReadAllAsync("packs/0a/first"));
        ObjectDescription? found = await Store.FindAsync("packs/0a/first", Token);
        Assert.Equal(("packs/0a/first", 3L), (found!.Name, found.Size));
    }

    [Fact]
    public async Task Creating_twice_says_false_and_keeps_the_first_content()
    {
        Assert.True(await Store.CreateAsync("keyring/1", new byte[] { 1 }, Token));

        Assert.False(await Store.CreateAsync("keyring/1", new byte[] { 2, 2 }, Token));

        Assert.Equal(new byte[] { 1 }, await ReadAllAsync("keyring/1"));
        Assert.Single(await ListAsync(""));
    }

    [Fact]
    public async Task Of_eight_concurrent_creates_of_a_name_one_wins()
    {
        for (int round = 0; round < 10; round++)
        {
            string name = $"leases/{round}";
            byte[][] contents = [.. Enumerable.Range(0, 8).Select(index => Enumerable.Repeat((byte)index, 100 + index).ToArray())];

            bool[] created = await Task.WhenAll(contents.Select(content => Store.CreateAsync(name, content, Token)));

            int winner = Assert.Single(Enumerable.Range(0, 8), index => created[index]);
            Assert.Equal(contents[winner], await ReadAllAsync(name));
        }
    }

    [Fact]
    public async Task An_object_may_be_empty()
    {
        Assert.True(await Store.CreateAsync("locks/empty", ReadOnlyMemory<byte>.Empty, Token));

        Assert.Equal(0, (await Store.FindAsync("locks/empty", Token))!.Size);
        Assert.Equal(0, await Store.ReadAsync("locks/empty", 0, new byte[10], Token));
        Assert.False(await Store.CreateAsync("locks/empty", new byte[] { 1 }, Token));
    }

    [Fact]
    public async Task An_object_of_twenty_megabytes_comes_back_whole()
    {
        byte[] content = RandomBytes(LargeBytes);

        Assert.True(await Store.CreateAsync("packs/ff/large", content, Token));

        byte[] read = await ReadAllAsync("packs/ff/large");
        Assert.True(content.AsSpan().SequenceEqual(read));
    }

    [Theory]
    [InlineData(0, 10, 10)]
    [InlineData(300, 200, 200)]
    [InlineData(900, 100, 100)]
    [InlineData(900, 101, 100)]
    [InlineData(999, 1000, 1)]
    [InlineData(1000, 10, 0)]
    [InlineData(5_000_000_000, 10, 0)]
    [InlineData(300, 0, 0)]
    public async Task A_range_is_read_as_far_as_the_object_goes(long offset, int length, int expected)
    {
        byte[] content = RandomBytes(1000);
        await Store.CreateAsync("index/range", content, Token);
        byte[] destination = new byte[length];

        Assert.Equal(expected, await Store.ReadAsync("index/range", offset, destination, Token));

        Assert.Equal(content.Skip((int)Math.Min(offset, 1000)).Take(expected), destination.Take(expected));
        Assert.All(destination.Skip(expected), value => Assert.Equal(0, value));
    }

    [Fact]
    public async Task A_missing_object_is_null_and_not_an_error()
    {
        Assert.Null(await Store.FindAsync("backups/missing", Token));
        Assert.Null(await Store.ReadAsync("backups/missing", 0, new byte[1], Token));
        await Store.CreateAsync("backups/other", new byte[] { 1 }, Token);
        Assert.Null(await Store.FindAsync("backups/missing", Token));
        Assert.Null(await Store.ReadAsync("backups/missing", 0, new byte[1], Token));
    }

    [Fact]
    public async Task A_folder_is_not_an_object()
    {
        await Store.CreateAsync("packs/0a/first", new byte[] { 1 }, Token);

        Assert.Null(await Store.FindAsync("packs/0a", Token));
        Assert.Null(await Store.ReadAsync("packs", 0, new byte[1], Token));
    }

    [Fact]
    public async Task An_empty_store_lists_nothing()
    {
        Assert.Empty(await ListAsync(""));
        Assert.Empty(await ListAsync("packs/"));
    }

    [Theory]
    [InlineData("", "a-b,a.b/x,a/b,a/b.c,a/c/d,a0,b,packs/0a/1,packs/0b/2,packs2/0a/1,repository.json")]
    [InlineData("a", "a-b,a.b/x,a/b,a/b.c,a/c/d,a0")]
    [InlineData("a/", "a/b,a/b.c,a/c/d")]
    [InlineData("a/b", "a/b,a/b.c")]
    [InlineData("a/c/", "a/c/d")]
    [InlineData("packs", "packs/0a/1,packs/0b/2,packs2/0a/1")]
    [InlineData("packs/0", "packs/0a/1,packs/0b/2")]
    [InlineData("packs/0b/2", "packs/0b/2")]
    [InlineData("A", "")]
    [InlineData("x/y/", "")]
    public async Task Objects_are_listed_by_prefix_in_ordinal_order(string prefix, string expected)
    {
        string[] names = ["repository.json", "b", "a/c/d", "a/b.c", "a/b", "a-b", "a.b/x", "a0", "packs2/0a/1", "packs/0b/2", "packs/0a/1"];
        foreach (string name in names)
        {
            await Store.CreateAsync(name, new byte[name.Length], Token);
        }

        List<ObjectDescription> found = await ListAsync(prefix);

        Assert.Equal(expected, string.Join(',', found.Select(description => description.Name)));
        Assert.All(found, description => Assert.Equal(description.Name.Length, description.Size));
    }

    [Fact]
    public async Task An_object_is_listed_as_it_is_found()
    {
        await Store.CreateAsync("backups/one", new byte[5], Token);

        Assert.Equal(await Store.FindAsync("backups/one", Token), Assert.Single(await ListAsync("")));
    }

    [Fact]
    public async Task What_is_being_created_is_listed_whole_or_not_at_all()
    {
        Task<bool> creating = Store.CreateAsync("packs/00/large", new byte[LargeBytes], Token);
        bool isCreated;
        do
        {
            isCreated = creating.IsCompleted;
            Assert.All(await ListAsync(""), found => Assert.Equal(("packs/00/large", LargeBytes), (found.Name, found.Size)));
        }
        while (!isCreated);

        Assert.True(await creating);
        Assert.Single(await ListAsync(""));
    }

    [Fact]
    public async Task A_deleted_object_is_gone_and_its_name_free()
    {
        await Store.CreateAsync("packs/0a/one", new byte[] { 1 }, Token);
        await Store.CreateAsync("packs/0a/two", new byte[] { 2 }, Token);

        await Store.DeleteAsync("packs/0a/one", Token);

        Assert.Null(await Store.FindAsync("packs/0a/one", Token));
        Assert.Equal("packs/0a/two", Assert.Single(await ListAsync("")).Name);
        Assert.True(await Store.CreateAsync("packs/0a/one", new byte[] { 3 }, Token));
        Assert.Equal(new byte[] { 3 }, await ReadAllAsync("packs/0a/one"));
    }

    [Fact]
    public async Task Deleting_what_is_not_there_is_no_error()
    {
        await Store.DeleteAsync("packs/0a/one", Token);
        await Store.CreateAsync("packs/0a/two", new byte[] { 2 }, Token);
        await Store.DeleteAsync("packs/0a/one", Token);
        await Store.DeleteAsync("packs/0a", Token);

        Assert.Single(await ListAsync(""));
    }

    [Theory]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456789._-z")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZ")]
    [InlineData("-/_/.hidden/..x/20261122T101500Z-postgresql-shop-k3v9qd")]
    [InlineData("tmp.x/tmpx/tmp")]
    [InlineData("confirm/com10/null/comx/aux-1")]
    public async Task Every_allowed_name_can_be_used(string name)
    {
        Assert.True(await Store.CreateAsync(name, new byte[] { 7 }, Token));

        Assert.Equal(new byte[] { 7 }, await ReadAllAsync(name));
        Assert.Equal(name, Assert.Single(await ListAsync("")).Name);
        Assert.Equal(name, Assert.Single(await ListAsync(name)).Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/../b")]
    [InlineData("./a")]
    [InlineData("a./b")]
    [InlineData("a b")]
    [InlineData("a\\b")]
    [InlineData("a:b")]
    [InlineData("a\0b")]
    [InlineData("ä")]
    [InlineData("nul")]
    [InlineData("packs/COM1.bin")]
    [InlineData("Aux")]
    [InlineData("tmp")]
    [InlineData("tmp/a")]
    [InlineData("TMP/a")]
    public async Task A_name_that_is_not_allowed_is_refused(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.CreateAsync(name, new byte[1], Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.ReadAsync(name, 0, new byte[1], Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.FindAsync(name, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.DeleteAsync(name, Token));
        Assert.Empty(await ListAsync(""));
    }

    [Theory]
    [InlineData("../")]
    [InlineData("/")]
    [InlineData("a/../")]
    [InlineData("a*")]
    public Task A_prefix_that_no_name_has_is_refused(string prefix) =>
        Assert.ThrowsAsync<ArgumentException>(() => ListAsync(prefix));

    [Fact]
    public async Task A_negative_offset_is_refused()
    {
        await Store.CreateAsync("a", new byte[1], Token);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.ReadAsync("a", -1, new byte[1], Token));
    }

    [Fact]
    public async Task Nothing_is_done_once_it_is_cancelled()
    {
        await Store.CreateAsync("a", new byte[1], Token);
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.CreateAsync("b", new byte[1], cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.ReadAsync("a", 0, new byte[1], cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.FindAsync("a", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.DeleteAsync("a", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ListAsync("", cancelled));
        Assert.Equal("a", Assert.Single(await ListAsync("")).Name);
    }

    [Fact]
    public async Task A_create_that_is_cancelled_leaves_the_object_whole_or_absent()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task<bool> creating = Store.CreateAsync("packs/00/large", new byte[LargeBytes], source.Token);
        await source.CancelAsync();

        await Task.WhenAny(creating);

        Assert.True(creating.IsCanceled || await creating);
        Assert.All(await ListAsync(""), found => Assert.Equal(LargeBytes, found.Size));
        Assert.True(creating.IsCanceled || (await ListAsync("")).Count == 1);
    }

    [Fact]
    public async Task A_listing_that_is_cancelled_ends()
    {
        for (int index = 0; index < 5; index++)
        {
            await Store.CreateAsync($"packs/0{index}/{index}", new byte[1], Token);
        }

        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using IAsyncEnumerator<ObjectDescription> listing = Store.ListAsync("", source.Token).GetAsyncEnumerator(Token);
        Assert.True(await listing.MoveNextAsync());
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await listing.MoveNextAsync());
    }

    [Fact]
    public async Task An_object_is_not_older_than_one_created_before_it()
    {
        var times = new List<DateTimeOffset>();
        for (int index = 0; index < 20; index++)
        {
            await Store.CreateAsync($"locks/{index:00}", new byte[index], Token);
            times.Add((await Store.FindAsync($"locks/{index:00}", Token))!.StoredAt);
        }

        Assert.Equal(times.Order(), times);
        Assert.All(times, time => Assert.Equal(TimeSpan.Zero, time.Offset));
    }

    /// <summary>Makes a new, empty store.</summary>
    protected abstract IObjectStore CreateStore();

    private static byte[] RandomBytes(int count)
    {
        byte[] content = new byte[count];
        new Random(count).NextBytes(content);
        return content;
    }

    private async Task<byte[]> ReadAllAsync(string name)
    {
        ObjectDescription? found = await Store.FindAsync(name, Token);
        byte[] content = new byte[found!.Size];
        Assert.Equal(content.Length, await Store.ReadAsync(name, 0, content, Token));
        return content;
    }

    private Task<List<ObjectDescription>> ListAsync(string prefix) => ListAsync(prefix, Token);

    private async Task<List<ObjectDescription>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        var found = new List<ObjectDescription>();
        await foreach (ObjectDescription description in Store.ListAsync(prefix, cancellationToken))
        {
            found.Add(description);
        }

        return found;
    }
}
