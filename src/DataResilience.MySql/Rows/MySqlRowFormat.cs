using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>
/// A row is a line as LOAD DATA reads it: fields with a tab between, <c>\N</c> for NULL, and in a value a backslash before
/// <c>0</c>, <c>t</c>, <c>n</c> and <c>\</c> for the bytes 0x00, 0x09, 0x0A and 0x5C. All other bytes stand as the server keeps them.
/// </summary>
internal sealed class MySqlRowFormat : IRowFormat
{
    /// <summary>The version of the row encoding.</summary>
    internal const int CurrentVersion = 1;

    internal const byte FieldEnd = (byte)'\t';

    internal const byte LineEnd = (byte)'\n';

    internal const byte Escape = (byte)'\\';

    public int Version => CurrentVersion;

    public int FindRowEnd(ReadOnlySpan<byte> bytes) => bytes.IndexOf(LineEnd) is var end && end < 0 ? -1 : end + 1;
}
