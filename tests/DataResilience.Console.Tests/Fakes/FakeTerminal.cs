using System.Security;
using DataResilience.Console.Terminal;

namespace DataResilience.Console.Tests.Fakes;

/// <summary>A terminal, or pipes, with a scripted person at the keyboard.</summary>
internal sealed class FakeTerminal : ITerminal
{
    public TextWriter Output { get; } = new StringWriter();

    public TextWriter Error { get; } = new StringWriter();

    public bool IsInputTerminal { get; set; }

    public bool IsOutputTerminal { get; set; }

    public bool IsErrorTerminal { get; set; }

    public int Width { get; set; } = 120;

    public Dictionary<string, string> Variables { get; } = [];

    public Queue<string> Keyboard { get; } = new();

    public string OutputText => Output.ToString()!.ReplaceLineEndings("\n");

    public string ErrorText => Error.ToString()!.ReplaceLineEndings("\n");

    public static FakeTerminal Interactive(params IEnumerable<string> typed)
    {
        var terminal = new FakeTerminal { IsInputTerminal = true, IsOutputTerminal = true, IsErrorTerminal = true };
        foreach (string line in typed)
        {
            terminal.Keyboard.Enqueue(line);
        }

        return terminal;
    }

    public string? Variable(string name) => Variables.GetValueOrDefault(name);

    public Task<string?> ReadLineAsync(CancellationToken cancellationToken) =>
        Task.FromResult(Keyboard.TryDequeue(out string? line) ? line : null);

    public Task<SecureString?> ReadSecretAsync(CancellationToken cancellationToken) =>
        Task.FromResult(Keyboard.TryDequeue(out string? line) ? Secret.Of(line) : null);
}
