using System.Globalization;
using System.Management.Automation;

namespace DataResilience.PowerShell.Arguments;

/// <summary>Takes a point in time as a date, as a text such as <c>2026-11-22 10:15</c>, or as <c>2h ago</c>. The result is local time.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class PointInTimeTransformationAttribute : ArgumentTransformationAttribute
{
    private const string Ago = "ago";

    /// <inheritdoc />
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Unwrapped.Of(inputData) switch
    {
        DateTime { Kind: DateTimeKind.Unspecified } time => DateTime.SpecifyKind(time, DateTimeKind.Local),
        DateTime time => time.ToLocalTime(),
        DateTimeOffset time => time.LocalDateTime,
        TimeSpan span => Before(span),
        string text when Read(text.Trim()) is { } time => time,
        _ => throw new ArgumentTransformationMetadataException(
            $"'{inputData}' is not a point in time. Write it as 2026-11-22 10:15, as 2026-11-22T10:15:00Z, or as 2h ago."),
    };

    private static DateTime? Read(string text) =>
        text.EndsWith(Ago, StringComparison.OrdinalIgnoreCase)
            ? DurationText.Read(text[..^Ago.Length]) is { } span ? Before(span) : null
            : DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time) ? time : null;

    private static DateTime Before(TimeSpan span) => TimeProvider.System.GetLocalNow().LocalDateTime - span;
}
