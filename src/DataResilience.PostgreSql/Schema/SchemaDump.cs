using System.ComponentModel;
using System.Globalization;

namespace DataResilience.PostgreSql;

/// <summary>
/// Runs pg_dump on the snapshot that a session exported, and reads what it writes while it writes it. pg_dump knows every kind of
/// object and how it is made on each version; nothing of that is done a second time here.
/// </summary>
internal sealed class SchemaDump(ClientHost host)
{
    private const string Program = "pg_dump";

    /// <summary>Reads the schema's archive.</summary>
    /// <param name="session">The session whose snapshot it is.</param>
    /// <param name="options">Which snapshot, and how long to wait.</param>
    /// <param name="leftOut">The quoted names of relations that are not to be looked at.</param>
    /// <param name="cancellationToken">Ends it, and the program.</param>
    /// <returns>The archive's table of contents, and the warnings of the program.</returns>
    internal async Task<(ArchiveContents Contents, IReadOnlyList<string> Warnings)> ReadAsync(
        ServerSession session, SchemaReading options, IReadOnlyList<string> leftOut, CancellationToken cancellationToken)
    {
        ServerAddress address = session.Address;
        ClientTool tool = await new ClientToolFinder(host).FindAsync(Program, address, session.Version.Major, cancellationToken);
        ArchiveContents? contents = null;
        ArchiveFormatException? formatFailure = null;
        await using ClientProcess process = Start(tool, address, Arguments(tool, options, leftOut), cancellationToken);
        try
        {
            contents = await ArchiveReader.ReadAsync(process.Output, cancellationToken);
        }
        catch (ArchiveFormatException failure)
        {
            // A program that fails writes half an archive, and says why.
            formatFailure = failure;
        }

        (int exitCode, string text) = await process.WaitAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var messages = new ClientMessages(text);
        if (exitCode != 0)
        {
            throw await new SchemaDumpFailure(session, options.LockTimeout).TranslateAsync(Program, messages, exitCode, cancellationToken);
        }

        return contents is null
            ? throw Errors.ClientToolFailed.CreateFrom(formatFailure, address, Program, $"its archive cannot be read: {formatFailure!.Message}")
            : (contents, messages.Warnings);
    }

    /// <summary>
    /// Names are quoted whether they need it or not: a key word of the version that is restored to may be none in this one.
    /// </summary>
    private static IEnumerable<string> Arguments(ClientTool tool, SchemaReading options, IReadOnlyList<string> leftOut)
    {
        // 0 would mean to wait for ever.
        long lockTimeout = Math.Max(1, (long)options.LockTimeout.TotalMilliseconds);
        yield return "--format=custom";
        yield return "--compress=0";
        yield return "--schema-only";
        yield return $"--snapshot={options.SnapshotId}";
        yield return string.Create(CultureInfo.InvariantCulture, $"--lock-wait-timeout={lockTimeout}");
        yield return "--no-sync";
        yield return "--no-password";
        yield return "--encoding=UTF8";
        yield return "--quote-all-identifiers";
        yield return tool.Major >= 16 ? "--no-large-objects" : "--no-blobs";
        if (tool.Major >= 18)
        {
            yield return "--no-statistics";
        }

        // In quotes a pattern is a name.
        foreach (string name in leftOut)
        {
            yield return $"--exclude-table={name}";
        }
    }

    private ClientProcess Start(ClientTool tool, ServerAddress address, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var variables = new Dictionary<string, string?>(address.ToEnvironment(), StringComparer.Ordinal)
        {
            ["PGAPPNAME"] = "DataResilience",
            ["LANGUAGE"] = null,
        };
        variables["LC_ALL"] = "C";
        try
        {
            return ClientProcess.Start(host, tool.Path, arguments, variables, cancellationToken);
        }
        catch (Win32Exception failure)
        {
            throw Errors.ClientToolFailed.CreateFrom(failure, address, Program, failure.Message);
        }
    }
}
