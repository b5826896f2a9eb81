using DataResilience.Providers;

namespace DataResilience.Engine.Tests.Chunking;

/// <summary>Rows that end with a line feed.</summary>
internal sealed class LineFormat : IRowFormat
{
    public int Version => 1;

    public int FindRowEnd(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)'\n');
        return end < 0 ? -1 : end + 1;
    }
}
