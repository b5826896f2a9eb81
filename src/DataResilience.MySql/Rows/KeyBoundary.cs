namespace DataResilience.MySql;

/// <summary>A boundary of a range as a backup keeps it: the parts of a key, integers in decimal, all else in hexadecimal.</summary>
internal static class KeyBoundary
{
    private const char Separator = '.';

    internal static string Of(IEnumerable<string> parts) => string.Join(Separator, parts);

    internal static string[] Parts(string boundary) => boundary.Split(Separator);
}
