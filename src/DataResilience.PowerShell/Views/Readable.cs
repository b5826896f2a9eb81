using System.Globalization;

namespace DataResilience.PowerShell.Views;

/// <summary>Figures as the format views show them; the data itself stays raw.</summary>
public static class Readable
{
    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB", "PB", "EB"];

    /// <summary>A size, for example <c>4.2 MB</c>. As everywhere in PowerShell, 1 KB is 1024 bytes.</summary>
    /// <param name="bytes">Bytes; null gives nothing.</param>
    /// <returns>A text for people.</returns>
    public static string Size(long? bytes)
    {
        if (bytes is not { } value)
        {
            return "";
        }

        double size = value;
        var unit = 0;
        while (Math.Abs(size) >= 999.5 && unit < Units.Length - 1)
        {
            size /= 1024;
            unit++;
        }

        string format = unit == 0 || Math.Abs(size) >= 99.95 ? "0" : "0.0";
        return $"{size.ToString(format, CultureInfo.CurrentCulture)} {Units[unit]}";
    }

    /// <summary>How long ago, for example <c>3h ago</c>.</summary>
    /// <param name="time">A point in time; null gives <c>never</c>.</param>
    /// <returns>A text for people.</returns>
    public static string Age(DateTime? time) => time is { } moment
        ? Age(TimeProvider.System.GetUtcNow().UtcDateTime - moment.ToUniversalTime())
        : "never";

    /// <summary>A duration, for example <c>1m 20s</c>.</summary>
    /// <param name="duration">A duration.</param>
    /// <returns>A text for people.</returns>
    public static string Duration(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 1 } => Text(duration.TotalMilliseconds, "0", "ms"),
        { TotalSeconds: < 60 } => Text(duration.TotalSeconds, "0.0", "s"),
        { TotalMinutes: < 60 } => $"{duration.Minutes}m {duration.Seconds:00}s",
        { TotalHours: < 24 } => $"{duration.Hours}h {duration.Minutes:00}m",
        _ => $"{(int)duration.TotalDays}d {duration.Hours:00}h",
    };

    private static string Age(TimeSpan age) => age switch
    {
        { TotalSeconds: < 0 } => "in the future",
        { TotalSeconds: < 60 } => $"{(int)age.TotalSeconds}s ago",
        { TotalMinutes: < 60 } => $"{(int)age.TotalMinutes}m ago",
        { TotalHours: < 48 } => $"{(int)age.TotalHours}h ago",
        _ => $"{(int)age.TotalDays}d ago",
    };

    private static string Text(double value, string format, string unit) =>
        $"{value.ToString(format, CultureInfo.CurrentCulture)} {unit}";
}
