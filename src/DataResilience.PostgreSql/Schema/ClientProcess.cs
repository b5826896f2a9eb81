using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace DataResilience.PostgreSql;

/// <summary>
/// A running program of PostgreSQL's own. What it says of failures is kept, up to a limit; disposed or cancelled, it is killed and
/// its end awaited, so that nothing of it is left.
/// </summary>
internal sealed class ClientProcess : IAsyncDisposable
{
    private const int MaxMessageChars = 16 * 1024;

    private readonly Process process;
    private readonly Task<string> messages;
    private readonly CancellationTokenRegistration registration;

    private ClientProcess(Process process, CancellationToken cancellationToken)
    {
        this.process = process;
        messages = ReadMessagesAsync(process.StandardError);
        registration = cancellationToken.Register(Kill);
    }

    /// <summary>What it writes. Ends when the program does, however that is.</summary>
    internal Stream Output => process.StandardOutput.BaseStream;

    /// <summary>Starts a program.</summary>
    /// <param name="host">Where.</param>
    /// <param name="path">The program.</param>
    /// <param name="arguments">Its arguments, which every user of the host can see.</param>
    /// <param name="variables">Environment variables that it gets beside ours; null takes one away.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <exception cref="Win32Exception">It cannot be started.</exception>
    internal static ClientProcess Start(
        ClientHost host, string path, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> variables, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var start = new ProcessStartInfo(path, arguments)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach ((string name, string? value) in variables)
        {
            start.Environment.Remove(name);
            if (value is not null)
            {
                start.Environment[name] = value;
            }
        }

        Process started = host.Start(start);
        // Nobody is there to answer what it might ask.
        started.StandardInput.Close();
        return new ClientProcess(started, cancellationToken);
    }

    /// <summary>Waits until it has ended; what it still writes is thrown away.</summary>
    /// <returns>Its exit code, and the beginning of what it wrote about itself.</returns>
    internal async Task<(int ExitCode, string Messages)> WaitAsync(CancellationToken cancellationToken)
    {
        await Output.CopyToAsync(Stream.Null, cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await messages);
    }

    public async ValueTask DisposeAsync()
    {
        await registration.DisposeAsync();
        Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        await messages;
        process.Dispose();
    }

    private static async Task<string> ReadMessagesAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        char[] part = new char[1024];
        int read;
        while ((read = await reader.ReadAsync(part)) > 0)
        {
            text.Append(part, 0, Math.Min(read, MaxMessageChars - text.Length));
        }

        return text.ToString();
    }

    // The whole tree: the program may have been started by a script of the distribution's.
    private void Kill()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
