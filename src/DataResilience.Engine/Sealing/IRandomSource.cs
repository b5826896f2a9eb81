namespace DataResilience.Engine.Sealing;

/// <summary>Where random bytes come from: the system's generator, or a seeded one in tests.</summary>
internal interface IRandomSource
{
    void Fill(Span<byte> destination);
}
