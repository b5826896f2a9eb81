namespace DataResilience.Console.Terminal;

/// <summary>The few control sequences that messages need; tables have Spectre.Console.</summary>
internal static class Ansi
{
    public const string Red = "\e[31m";
    public const string Yellow = "\e[33m";
    public const string Dim = "\e[2m";
    public const string StartOfErasedLine = "\r\e[K";
    private const string Reset = "\e[0m";

    public static string Paint(string text, string color, bool allowed) => allowed ? color + text + Reset : text;
}
