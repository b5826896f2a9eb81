using System.Text;

namespace DataResilience.MySql;

/// <summary>One option file of MySQL's own programs, with what it includes.</summary>
internal sealed class OptionFile(HostEnvironment environment, DatabaseEndpoint endpoint, IReadOnlyList<string> groups)
{
    // As deep as MySQL's own programs follow one file into another.
    private const int DeepestInclude = 10;

    private const string Loose = "loose-";

    private readonly Dictionary<string, string> options = new(StringComparer.Ordinal);

    /// <summary>The options of the groups that were asked for; what stands last counts.</summary>
    internal IReadOnlyDictionary<string, string> Options => options;

    /// <summary>Reads a file; nothing happens where there is none.</summary>
    internal void Read(string file) => Read(file, depth: 0);

    private void Read(string file, int depth)
    {
        if (depth > DeepestInclude || !environment.Exists(file))
        {
            return;
        }

        bool isWanted = false;
        int number = 0;
        foreach (string line in ReadLines(file).Select(line => line.Trim()))
        {
            number++;
            if (line.Length == 0 || line[0] is '#' or ';')
            {
                continue;
            }

            if (line[0] == '[')
            {
                isWanted = groups.Contains(GroupOf(line), StringComparer.Ordinal);
            }
            else if (line[0] == '!')
            {
                Include(line, depth);
            }
            else if (isWanted)
            {
                Add(line, file, number);
            }
        }
    }

    private IReadOnlyList<string> ReadLines(string file)
    {
        try
        {
            return environment.ReadLines(file);
        }
        catch (UnauthorizedAccessException) when (!IsOwn(file))
        {
            // It is meant for others: as with the servers' own programs, what may not be read says nothing.
            return [];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Errors.EndpointInvalid.CreateFrom(failure, endpoint, $"{file}, which may say how to connect, cannot be read: {failure.Message}");
        }
    }

    private bool IsOwn(string file) => environment.Value("HOME") is { } home && file.StartsWith(home, StringComparison.Ordinal);

    private static string GroupOf(string line) => line.IndexOf(']', StringComparison.Ordinal) is > 0 and var end ? line[1..end].Trim() : "";

    private void Include(string line, int depth)
    {
        string[] words = line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words is ["!include", var file])
        {
            Read(file, depth + 1);
        }
        else if (words is ["!includedir", var directory])
        {
            foreach (string one in environment.FilesOf(directory).Where(IsOptionFile).Order(StringComparer.Ordinal))
            {
                Read(one, depth + 1);
            }
        }
    }

    private static bool IsOptionFile(string file) =>
        file.EndsWith(".cnf", StringComparison.Ordinal) || (OperatingSystem.IsWindows() && file.EndsWith(".ini", StringComparison.OrdinalIgnoreCase));

    private void Add(string line, string file, int number)
    {
        string[] sides = line.Split('=', 2, StringSplitOptions.TrimEntries);
        string name = ConnectionParameter.Canonical(WithoutComment(sides[0]));
        string? value = sides.Length == 1 ? null : ValueOf(sides[1]);
        if (name.StartsWith(Loose, StringComparison.Ordinal))
        {
            name = name[Loose.Length..];
        }

        // skip-ssl and disable-ssl are ssl=0.
        foreach (string prefix in new[] { "skip-", "disable-", "enable-" })
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal) && value is null)
            {
                (name, value) = (name[prefix.Length..], prefix == "enable-" ? "1" : "0");
            }
        }

        if (ConnectionParameter.Named(name) is not { Place: not (ParameterPlace.NotInEndpoint or ParameterPlace.Endpoint) } parameter)
        {
            return; // for other programs
        }

        Require(parameter, file, number);
        options[name] = value ?? "1";
        // A password without a value asks for one at the terminal, where nobody may be.
        if (value is null && name == ConnectionParameter.Password)
        {
            options.Remove(name);
        }
    }

    private void Require(ConnectionParameter parameter, string file, int number)
    {
        if (parameter.Place == ParameterPlace.Refused)
        {
            throw Errors.EndpointInvalid.Create(endpoint, $"line {number} of {file} has the option '{parameter.Name}', which is not supported");
        }

        // MySQL's own programs pass such a file over with a warning. Whoever relies on it has to learn that nobody reads it.
        if (environment.IsOpenToAll(file))
        {
            throw Errors.EndpointInvalid.Create(endpoint, $"{file}, which says how to connect, can be written by everybody");
        }
    }

    /// <summary>A value without its quotes, its comment and its escapes.</summary>
    private static string ValueOf(string text)
    {
        char quote = text is ['"' or '\'', ..] ? text[0] : '\0';
        int end = quote == '\0' ? -1 : text.LastIndexOf(quote);
        return Unescape(end > 0 ? text[1..end] : WithoutComment(text));
    }

    // In the middle of a line a comment begins with # alone.
    private static string WithoutComment(string text) =>
        text.IndexOf('#', StringComparison.Ordinal) is >= 0 and var mark ? text[..mark].TrimEnd() : text;

    private static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        for (int place = 0; place < text.Length; place++)
        {
            bool isEscape = text[place] == '\\' && place + 1 < text.Length;
            (string letters, int length) = isEscape ? EscapedAt(text[place + 1]) : (text[place].ToString(), 0);
            plain.Append(letters);
            place += length;
        }

        return plain.ToString();
    }

    private static (string Letters, int Length) EscapedAt(char letter) => letter switch
    {
        'b' => ("\b", 1),
        't' => ("\t", 1),
        'n' => ("\n", 1),
        'r' => ("\r", 1),
        's' => (" ", 1),
        '\\' => ("\\", 1),
        _ => ("\\", 0),
    };
}
