using System.Globalization;
using System.Text.RegularExpressions;

namespace DataResilience.MySql;

/// <summary>What a server is: its family and the number of its version, which are always compared as numbers.</summary>
/// <param name="Flavour">The family.</param>
/// <param name="Number">The version, for example 8.4.3.</param>
/// <param name="Text">As the server says it, for example <c>10.11.6-MariaDB-0+deb12u1</c>.</param>
internal sealed partial record ServerVersion(ServerFlavour Flavour, Version Number, string Text)
{
    private static readonly Version OldestMySql = new(8, 0);

    private static readonly Version OldestMariaDb = new(10, 6);

    /// <summary>The versions that work, for messages.</summary>
    internal const string Supported = "8.0 and newer of MySQL, 10.6 and newer of MariaDB";

    internal bool IsMariaDb => Flavour == ServerFlavour.MariaDb;

    internal DatabaseEngine Engine => IsMariaDb ? DatabaseEngine.MariaDb : DatabaseEngine.MySql;

    /// <summary>Whether this version is one that works.</summary>
    internal bool IsSupported => Number >= (IsMariaDb ? OldestMariaDb : OldestMySql);

    /// <summary>Reads a version.</summary>
    /// <param name="text">What <c>VERSION()</c> gives, or a backup keeps.</param>
    /// <param name="flavour">The family where the text does not name it; null where it does.</param>
    internal static ServerVersion Parse(string text, ServerFlavour? flavour = null)
    {
        // MariaDB puts 5.5.5- before its number in the handshake, for replicas that know no major version of two digits.
        Match number = Digits().Match(text.StartsWith("5.5.5-", StringComparison.Ordinal) ? text["5.5.5-".Length..] : text);
        Version version = number.Success
            ? new Version(Part(number, "major"), Part(number, "minor"), Part(number, "build"))
            : new Version(0, 0, 0);
        bool isMariaDb = flavour is { } known ? known == ServerFlavour.MariaDb : text.Contains("MariaDB", StringComparison.OrdinalIgnoreCase);
        return new ServerVersion(isMariaDb ? ServerFlavour.MariaDb : ServerFlavour.MySql, version, text);
    }

    /// <summary>Whether it is of this family and at least of this version.</summary>
    internal bool IsMySqlSince(int major, int minor, int build = 0) => !IsMariaDb && Number >= new Version(major, minor, build);

    /// <summary>Whether it is of this family and at least of this version.</summary>
    internal bool IsMariaDbSince(int major, int minor, int build = 0) => IsMariaDb && Number >= new Version(major, minor, build);

    /// <summary>The family and the number, for messages.</summary>
    public override string ToString() => $"{(IsMariaDb ? "MariaDB" : "MySQL")} {Number}";

    private static int Part(Match number, string group) => int.Parse(number.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<major>[0-9]{1,4})\.(?<minor>[0-9]{1,4})\.(?<build>[0-9]{1,4})", RegexOptions.NonBacktracking)]
    private static partial Regex Digits();
}
