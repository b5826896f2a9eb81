using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Tests.Packs;

/// <summary>Random bytes that a seed determines. Safe for many threads.</summary>
internal sealed class SeededRandom(int seed) : IRandomSource
{
    private readonly Lock gate = new();
    private readonly Random random = new(seed);

    public void Fill(Span<byte> destination)
    {
        lock (gate)
        {
            random.NextBytes(destination);
        }
    }
}
