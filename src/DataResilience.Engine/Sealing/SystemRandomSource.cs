using System.Security.Cryptography;

namespace DataResilience.Engine.Sealing;

/// <summary>The operating system's cryptographic generator.</summary>
internal sealed class SystemRandomSource : IRandomSource
{
    public void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);
}
