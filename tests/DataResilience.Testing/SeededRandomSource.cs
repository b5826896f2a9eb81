using DataResilience.Engine.Sealing;

namespace DataResilience.Testing;

/// <summary>Bytes that a seed decides. No two processes of one test may have the same seed: they would draw the same ids and keys.</summary>
internal sealed class SeededRandomSource(int seed) : IRandomSource
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
