using System.CommandLine;
using DataResilience.Console.Output;
using DataResilience.Console.Parsing;
using DataResilience.Console.Terminal;

namespace DataResilience.Console;

/// <summary>Says on standard error what is wrong with a command line, what was probably meant, and how the command is used.</summary>
internal sealed class UsageError
{
    private const string SecretAdvice =
        "Every user of this host could read it there: change it now. Give --key-file or --passphrase-file, or wait to be asked.";

    private readonly ITerminal terminal;
    private readonly OutputSettings settings;

    public UsageError(ITerminal terminal, OutputSettings settings)
    {
        this.terminal = terminal;
        this.settings = settings;
    }

    public int Write(ParseResult parse, IReadOnlyList<string> args)
    {
        string help = Help(parse);
        if (args.Count == 0)
        {
            terminal.Error.Write(help);
            return ExitCode.Usage;
        }

        string command = Path(parse.CommandResult.Command);
        new ErrorWriter(terminal, settings).Write(
            args.Any(IsSecretOption)
                ? new ErrorLine(Errors.ArgumentInvalid.Code, "A secret is never taken from the command line.", SecretAdvice, command)
                : new ErrorLine(Errors.ArgumentInvalid.Code, Message(parse), Advice(parse, args, command), command));
        if (!settings.Json)
        {
            terminal.Error.WriteLine();
            terminal.Error.WriteLine(Usage(help));
        }

        return ExitCode.Usage;
    }

    // The library's message would repeat the secret, and a log keep it.
    private static bool IsSecretOption(string word) =>
        word.Split('=')[0] is "--passphrase" or "--new-passphrase" or "--password";

    // The library complains of a missing command beside the mistyped one, and once for each further word.
    private static string Message(ParseResult parse)
    {
        string[] messages = [.. parse.Errors.Select(error => error.Message)];
        string[] unrecognized = [.. messages.Where(message => message.StartsWith("Unrecognized", StringComparison.Ordinal))];
        return string.Join(" ", unrecognized.Length > 0 ? unrecognized : messages);
    }

    private static string Advice(ParseResult parse, IReadOnlyList<string> args, string command)
    {
        string help = $"Run '{command} --help'.";
        string? meant = args
            .Where(word => parse.Errors.Any(error => error.Message.Contains($"'{word}'", StringComparison.Ordinal)))
            .Select(word => Typo.Nearest(word, Names(parse.CommandResult.Command)))
            .FirstOrDefault(name => name is not null);
        return meant is null ? help : $"Did you mean '{meant}'? {help}";
    }

    private static IEnumerable<string> Names(Command command)
    {
        IEnumerable<Command> above = command.Parents.OfType<Command>().SelectMany(parent => parent.Parents.OfType<Command>().Append(parent));
        return command.Subcommands.Select(sub => sub.Name)
            .Concat(command.Options.Select(option => option.Name))
            .Concat(above.SelectMany(parent => parent.Options).Where(option => option.Recursive).Select(option => option.Name));
    }

    private static string Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Path(parent)} {command.Name}" : command.Name;

    private static string Help(ParseResult parse)
    {
        Command command = parse.CommandResult.Command;
        Command root = parse.RootCommandResult.Command;
        string[] path = command == root ? [] : Path(command).Split(' ')[1..];
        var text = new StringWriter();
        root.Parse([.. path, "--help"]).Invoke(new InvocationConfiguration { Output = text, Error = text });
        return text.ToString();
    }

    private static string Usage(string help)
    {
        string[] lines = help.ReplaceLineEndings("\n").Split('\n');
        return string.Join(Environment.NewLine, lines.SkipWhile(line => line != "Usage:").TakeWhile(line => line.Length > 0));
    }
}
