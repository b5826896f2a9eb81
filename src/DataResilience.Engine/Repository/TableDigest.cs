using System.Globalization;
using System.Text.Json.Serialization;
using DataResilience.Engine.Chunking;

namespace DataResilience.Engine.Repository;

/// <summary>The digest of a table as a description holds it: the number of rows and the two lanes as 16 hexadecimal digits each.</summary>
internal sealed record TableDigest(
    [property: JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)] long Rows,
    string Low,
    string High)
{
    internal static TableDigest Of(RowDigest digest) => new(
        digest.Rows,
        digest.Low.ToString("x16", CultureInfo.InvariantCulture),
        digest.High.ToString("x16", CultureInfo.InvariantCulture));

    /// <exception cref="FormatException">A lane is not 16 hexadecimal digits.</exception>
    internal RowDigest ToDigest() => new(Rows, Lane(Low), Lane(High));

    private static ulong Lane(string text) => ulong.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
