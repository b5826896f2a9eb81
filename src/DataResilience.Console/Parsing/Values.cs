using System.Globalization;
using System.Security;

namespace DataResilience.Console.Parsing;

/// <summary>Reads the values of options. Each takes the option's name, for the message, and the text.</summary>
internal static class Values
{
    public static string Text(string option, string text) =>
        text.Length > 0 ? text : throw Errors.ArgumentInvalid.Create(option, "it is empty");

    public static int? Number(string option, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw Errors.ArgumentInvalid.Create(option, $"'{text}' is not a whole number");

    public static TimeSpan Duration(string option, string text) =>
        DurationText.TryParse(text, out TimeSpan duration)
            ? duration
            : throw Errors.ArgumentInvalid.Create(option, $"'{text}' is not a duration; {DurationText.Forms}");

    public static DateTime PointInTime(string option, string text, TimeProvider time) =>
        PointInTimeText.TryParse(text, time, out DateTime moment)
            ? moment
            : throw Errors.ArgumentInvalid.Create(option, $"'{text}' is not a point in time; {PointInTimeText.Forms}");

    /// <summary>An endpoint; the path of an embedded database starts from the current directory.</summary>
    public static DatabaseEndpoint Endpoint(string option, string text) =>
        DatabaseEndpoint.Parse(Text(option, text)).ResolveAgainst(Environment.CurrentDirectory);

    public static RepositoryReference Repository(string option, string text) =>
        new(text.Contains("://", StringComparison.Ordinal) ? text : FullPath(option, text));

    public static string FullPath(string option, string text) =>
        Path.GetFullPath(Text(option, text), Environment.CurrentDirectory);

    /// <summary>The passphrase that a file holds: its first line.</summary>
    public static SecureString PassphraseFile(string option, string text)
    {
        string path = FullPath(option, text);
        try
        {
            string passphrase = File.ReadLines(path).FirstOrDefault("");
            return passphrase.Length > 0 ? Secure(passphrase) : throw Errors.ArgumentInvalid.Create(option, $"'{path}' is empty");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Errors.ArgumentInvalid.CreateFrom(failure, option, $"'{path}' cannot be read: {failure.Message.TrimEnd('.')}");
        }
    }

    public static BackupReference Backup(string option, string text) => new(Text(option, text));

    /// <summary>A name of the enumeration in any case, or several of them with commas for a set of flags.</summary>
    public static T Name<T>(string option, string text)
        where T : struct, Enum
    {
        // TryParse alone would take numbers too.
        bool isNumber = text.Any(char.IsAsciiDigit);
        bool isSet = text.Contains(',', StringComparison.Ordinal) && !typeof(T).IsDefined(typeof(FlagsAttribute), inherit: false);
        return !isNumber && !isSet && Enum.TryParse(text, ignoreCase: true, out T value)
            ? value
            : throw Errors.ArgumentInvalid.Create(option, $"'{text}' is none of {Names<T>()}");
    }

    public static string Names<T>()
        where T : struct, Enum =>
        string.Join(", ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()));

    private static SecureString Secure(string text)
    {
        var secure = new SecureString();
        foreach (char character in text)
        {
            secure.AppendChar(character);
        }

        secure.MakeReadOnly();
        return secure;
    }
}
