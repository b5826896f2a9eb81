using System.ComponentModel;
using System.Globalization;

namespace DataResilience.PostgreSql;

/// <summary>
/// Finds a program of PostgreSQL's own: in the directories of DATARESILIENCE_PG_BINDIR, in PATH, and where packages put it. Taken is the
/// one of the server's major version, otherwise the oldest newer one; an older one cannot know what the server has. A directory
/// that the user named goes before all others.
/// </summary>
internal sealed class ClientToolFinder(ClientHost host)
{
    internal const string DirectoriesVariable = "DATARESILIENCE_PG_BINDIR";

    // Debian's stand-in, which picks a version by rules of its own when it is run.
    private const string Wrapper = "pg_wrapper";

    /// <summary>Finds it.</summary>
    /// <param name="name">The program, without an extension.</param>
    /// <param name="address">The server it is for.</param>
    /// <param name="major">The server's major version.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DataResilienceException"><c>ClientToolMissing</c>.</exception>
    internal async Task<ClientTool> FindAsync(string name, ServerAddress address, int major, CancellationToken cancellationToken)
    {
        List<ClientTool> named = await ProbeAsync(name, PathList(DirectoriesVariable), cancellationToken);
        if (Choose(named, major) is { } wanted)
        {
            return wanted;
        }

        List<ClientTool> others = await ProbeAsync(name, PathList("PATH").Concat(ClientToolPlaces.All(host.Variable)), cancellationToken);
        return Choose(others, major) ?? throw Missing(name, address, major, [.. named.Concat(others).DistinctBy(tool => tool.Path, StringComparer.Ordinal)]);
    }

    private static ClientTool? Choose(List<ClientTool> tools, int major) =>
        tools.Where(tool => tool.Major >= major).OrderBy(tool => tool.Major).FirstOrDefault();

    private static DataResilienceException Missing(string name, ServerAddress address, int major, IReadOnlyList<ClientTool> found)
    {
        string text = found.Count == 0
            ? "none"
            : string.Join(", ", found.Select(tool => string.Create(CultureInfo.InvariantCulture, $"{tool.Path} ({tool.Major})")));
        return Errors.ClientToolMissing.Create(address, name, major, text, $"postgresql-client-{major}");
    }

    private string[] PathList(string variable) =>
        (host.Variable(variable) ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private async Task<List<ClientTool>> ProbeAsync(string name, IEnumerable<string> directories, CancellationToken cancellationToken)
    {
        string file = OperatingSystem.IsWindows() ? $"{name}.exe" : name;
        var tools = new List<ClientTool>();
        foreach (string path in directories.Select(directory => Path.Combine(directory, file)).Distinct(StringComparer.Ordinal))
        {
            // A relative directory in PATH means another place every time.
            if (Path.IsPathFullyQualified(path) && File.Exists(path) && !IsWrapper(path)
                && await ReadMajorAsync(path, cancellationToken) is { } major)
            {
                tools.Add(new ClientTool(path, major));
            }
        }

        return tools;
    }

    private static bool IsWrapper(string path) =>
        File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target && target.Name == Wrapper;

    /// <summary>The major version; null where the file is no such program, or is not allowed to be run.</summary>
    private async Task<int?> ReadMajorAsync(string path, CancellationToken cancellationToken)
    {
        var noVariables = new Dictionary<string, string?>(StringComparer.Ordinal);
        try
        {
            await using ClientProcess process = ClientProcess.Start(host, path, ["--version"], noVariables, cancellationToken);
            using var reader = new StreamReader(process.Output);
            char[] text = new char[256];
            int length = await reader.ReadBlockAsync(text, cancellationToken);
            return MajorIn(text.AsSpan(0, length));
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>For example <c>pg_dump (PostgreSQL) 18.6 (Debian 18.6-3)</c>; a version before its release is <c>19beta1</c>.</summary>
    private static int? MajorIn(ReadOnlySpan<char> text)
    {
        const string Before = "(PostgreSQL) ";
        int start = text.IndexOf(Before, StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        ReadOnlySpan<char> rest = text[(start + Before.Length)..];
        int end = rest.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(end < 0 ? rest : rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out int major) ? major : null;
    }
}
