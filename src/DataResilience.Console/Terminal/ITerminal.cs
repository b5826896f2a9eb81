using System.Security;

namespace DataResilience.Console.Terminal;

/// <summary>The process's streams and surroundings, so that tests can stand in for a terminal.</summary>
internal interface ITerminal
{
    /// <summary>Results.</summary>
    TextWriter Output { get; }

    /// <summary>Everything else.</summary>
    TextWriter Error { get; }

    bool IsInputTerminal { get; }

    bool IsOutputTerminal { get; }

    bool IsErrorTerminal { get; }

    /// <summary>Columns of the terminal.</summary>
    int Width { get; }

    string? Variable(string name);

    /// <summary>A line from the keyboard; null at its end.</summary>
    Task<string?> ReadLineAsync(CancellationToken cancellationToken);

    /// <summary>A line from the keyboard that is not shown; null at its end.</summary>
    Task<SecureString?> ReadSecretAsync(CancellationToken cancellationToken);
}
