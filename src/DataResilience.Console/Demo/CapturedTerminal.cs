using System.Security;
using DataResilience.Console.Terminal;

namespace DataResilience.Console.Demo;

/// <summary>Keeps what a command prints. Nobody is there to answer, and no variable changes what is shown.</summary>
internal sealed class CapturedTerminal : ITerminal
{
    public TextWriter Output { get; } = new StringWriter();

    public TextWriter Error { get; } = new StringWriter();

    public bool IsInputTerminal => false;

    public bool IsOutputTerminal => false;

    public bool IsErrorTerminal => false;

    public int Width => 80;

    public string? Variable(string name) => null;

    public Task<string?> ReadLineAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public Task<SecureString?> ReadSecretAsync(CancellationToken cancellationToken) => Task.FromResult<SecureString?>(null);
}
