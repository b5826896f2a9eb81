using DataResilience.Console.Parsing;

namespace DataResilience.Console.Commands;

/// <summary>Options that several commands have, each made anew for its command.</summary>
internal static class CommandOptions
{
    public static ValueOption<int?> ThrottleLimit()
    {
        var option = new ValueOption<int?>("--throttle-limit", "workers", "How many workers at once, 1 to 64.", Values.Number);
        option.Aliases.Add("--parallel");
        return option;
    }

    public static ValueOption<TimeSpan> LockTimeout(string database) =>
        new("--lock-timeout", "duration", $"How long to wait for a lock in the {database}, for example 2m. Default: 30s.", Values.Duration);

    public static ValueOption<BackupReference> Backup(string otherwise) =>
        new("--backup", "id", $"A backup id, a unique beginning or end of one, or latest. {otherwise}", Values.Backup);

    public static ValueOption<string> Database() =>
        new("--database", "name", "The name of the database that latest is about.", Values.Text);
}
