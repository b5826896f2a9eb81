using FsCheck;
using FsCheck.Fluent;

namespace DataResilience.Engine.Tests.Chunking;

/// <summary>Checks a property for random seeds; a failure prints the seed that replays it.</summary>
internal static class Properties
{
    public static void HoldForSeeds(int runs, Action<int> check)
    {
        Arbitrary<int> seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(runs), Prop.ForAll(seeds, check));
    }
}
