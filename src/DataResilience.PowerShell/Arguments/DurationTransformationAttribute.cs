using System.Globalization;
using System.Management.Automation;

namespace DataResilience.PowerShell.Arguments;

/// <summary>Takes a duration as a TimeSpan, as <c>90s</c> or <c>1h30m</c>, or as a number of seconds, which PowerShell alone would take for ticks.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class DurationTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc />
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Unwrapped.Of(inputData) switch
    {
        TimeSpan span => span,
        string text when DurationText.Read(text) is { } span => span,
        { } value and not "" when Seconds(value) is { } seconds => TimeSpan.FromSeconds(seconds),
        _ => throw new ArgumentTransformationMetadataException(
            $"'{inputData}' is not a duration. Write it as 90s, 15m, 1h30m or 7d, as hh:mm:ss, or as a number of seconds."),
    };

    private static double? Seconds(object value) =>
        LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out double seconds)
        && seconds >= 0
        && seconds < TimeSpan.MaxValue.TotalSeconds
            ? seconds
            : null;
}
