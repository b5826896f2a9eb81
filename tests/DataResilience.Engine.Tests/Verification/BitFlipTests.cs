using System.Collections.Concurrent;
using DataResilience.Testing.Databases;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Verification;

/// <summary>One bit is another, anywhere: verification names the object, and what does not need the bit comes back equal.</summary>
[Trait("Category", "Slow")]
public sealed class BitFlipTests(BaseRepository repository, ITestOutputHelper output) : IClassFixture<BaseRepository>
{
    private const int Flips = 300;

    /// <summary>Parts of packs of both classes and of indexes, and all other kinds of object, copies apart from originals.</summary>
    private const int Kinds = 26;

    [Fact]
    public async Task A_flipped_bit_anywhere_is_found_and_named_and_costs_only_what_needs_it()
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        Flip[] flips = [.. Draw(new Random(seed))];
        ChunkUses uses = await ChunkUses.ReadAsync(
            repository.Store, await repository.UnlockAsync(repository.Store, "owner"), repository.Expected.Keys);
        var failures = new ConcurrentQueue<string>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken };
        await Parallel.ForEachAsync(flips, options, async (flip, _) =>
        {
            foreach (string failure in await new FlipCase(repository, uses, flip).RunAsync())
            {
                failures.Enqueue($"{flip}: {failure}");
            }
        });

        foreach (IGrouping<string, Flip> kind in flips.GroupBy(flip => flip.Place.Kind).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{kind.Key,-28}{kind.Count(),4}");
        }

        Assert.Empty(failures);
        Assert.Equal(Flips, flips.Length);
        Assert.Equal(Kinds, flips.Select(flip => flip.Place.Kind).Distinct().Count());
    }

    /// <summary>Every kind in turn, so that none is missed, and a random bit of a random object of that kind.</summary>
    private IEnumerable<Flip> Draw(Random random)
    {
        IGrouping<string, Place>[] kinds = [.. Places.Of(repository.Store, repository.Deleted)];
        for (int i = 0; i < Flips; i++)
        {
            Place[] places = [.. kinds[i % kinds.Length]];
            Place place = places[random.Next(places.Length)];
            yield return new Flip(place, ((place.Offset + random.Next(place.Length)) * 8L) + random.Next(8));
        }
    }
}
