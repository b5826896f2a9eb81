using DataResilience.Providers;

namespace DataResilience.Testing.Databases;

/// <summary>A row is a line: it ends with a newline, which never occurs inside it.</summary>
public sealed class LineRowFormat : IRowFormat
{
    public int Version => 1;

    public int FindRowEnd(ReadOnlySpan<byte> bytes) => bytes.IndexOf((byte)'\n') is var end and >= 0 ? end + 1 : -1;
}
