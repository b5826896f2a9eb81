using System.Security;
using System.Text;

namespace DataResilience.Console.Terminal;

/// <summary>The real streams of this process.</summary>
internal sealed class SystemTerminal : ITerminal
{
    private const int WidthIfUnknown = 80;

    public SystemTerminal()
    {
        // A Windows console starts in a code page that knows few names; without a byte order mark, for pipes.
        System.Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
    }

    public TextWriter Output => System.Console.Out;

    public TextWriter Error => System.Console.Error;

    public bool IsInputTerminal => !System.Console.IsInputRedirected;

    public bool IsOutputTerminal => !System.Console.IsOutputRedirected;

    public bool IsErrorTerminal => !System.Console.IsErrorRedirected;

    // Some terminals, serial lines for one, say that they have no columns.
    public int Width => (IsOutputTerminal || IsErrorTerminal) && System.Console.WindowWidth is > 0 and var width ? width : WidthIfUnknown;

    public string? Variable(string name) => Environment.GetEnvironmentVariable(name);

    // Reading the keyboard cannot be cancelled; the wait can, and the process ends soon after.
    public Task<string?> ReadLineAsync(CancellationToken cancellationToken) =>
        Task.Run(System.Console.In.ReadLine, cancellationToken).WaitAsync(cancellationToken);

    public Task<SecureString?> ReadSecretAsync(CancellationToken cancellationToken) =>
        Task.Run(ReadSecret, cancellationToken).WaitAsync(cancellationToken);

    private static SecureString? ReadSecret()
    {
        var secret = new SecureString();
        while (true)
        {
            var key = System.Console.ReadKey(intercept: true);
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    secret.MakeReadOnly();
                    return secret;
                case ConsoleKey.D when key.Modifiers == ConsoleModifiers.Control && secret.Length == 0:
                    return null;
                case ConsoleKey.Backspace when secret.Length > 0:
                    secret.RemoveAt(secret.Length - 1);
                    break;
                case var _ when !char.IsControl(key.KeyChar):
                    secret.AppendChar(key.KeyChar);
                    break;
                default:
                    break;
            }
        }
    }
}
