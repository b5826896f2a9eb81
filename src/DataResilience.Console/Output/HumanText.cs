using System.Globalization;

namespace DataResilience.Console.Output;

/// <summary>Figures as people read them. JSON has the raw ones.</summary>
internal static class HumanText
{
    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB", "PB", "EB"];

    /// <summary>A size in the units of 1,024 that <c>10GB</c> means in PowerShell too.</summary>
    public static string Size(long bytes)
    {
        double size = bytes;
        int unit = 0;
        // 1023.95 would be shown as 1,024.0 of the smaller unit.
        while (Math.Abs(size) >= 1023.95 && unit < Units.Length - 1)
        {
            size /= 1024;
            unit++;
        }

        return unit == 0
            ? $"{bytes.ToString(CultureInfo.InvariantCulture)} B"
            : string.Create(CultureInfo.InvariantCulture, $"{size:0.0} {Units[unit]}");
    }

    /// <summary>Bytes a second, such as <c>12.3 MB/s</c>.</summary>
    public static string Rate(long bytes, TimeSpan duration) =>
        $"{Size((long)(bytes / Math.Max(duration.TotalSeconds, 0.001)))}/s";

    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Duration(TimeSpan duration) => duration switch
    {
        { TotalMilliseconds: < 999.5 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0} ms"),
        { TotalSeconds: < 59.95 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalMinutes} min {duration.Seconds} s"),
        { TotalHours: < 24 } => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalHours} h {duration.Minutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalDays} d {duration.Hours} h"),
    };

    public static string Age(DateTime moment, DateTimeOffset now) => (now.UtcDateTime - moment.ToUniversalTime()) switch
    {
        { TotalSeconds: < 0 } => Moment(moment),
        { TotalSeconds: < 60 } past => string.Create(CultureInfo.InvariantCulture, $"{(int)past.TotalSeconds} s ago"),
        { TotalMinutes: < 60 } past => string.Create(CultureInfo.InvariantCulture, $"{(int)past.TotalMinutes} min ago"),
        { TotalHours: < 48 } past => string.Create(CultureInfo.InvariantCulture, $"{(int)past.TotalHours} h ago"),
        var past => string.Create(CultureInfo.InvariantCulture, $"{(int)past.TotalDays} d ago"),
    };

    public static string Moment(DateTime moment) =>
        moment.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static string YesOrNo(bool value) => value ? "yes" : "no";

    public static string Plural(long number, string noun) => number == 1 ? $"1 {noun}" : $"{Count(number)} {noun}s";
}
