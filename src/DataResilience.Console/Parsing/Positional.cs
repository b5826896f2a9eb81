using System.CommandLine;

namespace DataResilience.Console.Parsing;

/// <summary>A value that is given as the command's argument or by an option of the same name, not by both.</summary>
/// <typeparam name="T">What the text means.</typeparam>
internal sealed class Positional<T>
    where T : class
{
    private readonly Argument<string?> argument;
    private readonly ValueOption<T> option;
    private readonly Func<string, string, T> read;

    public Positional(string name, string description, Func<string, string, T> read)
    {
        argument = new Argument<string?>(name) { Arity = ArgumentArity.ZeroOrOne, Description = description };
        // Else a mistyped option would be taken for the value: "backup --tabel".
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] option }])
            {
                result.AddError($"Unrecognized option '{option}'.");
            }
        });
        option = new ValueOption<T>("--" + name, name, $"The same as the argument <{name}>.", read);
        this.read = read;
    }

    public void AddTo(Command command)
    {
        command.Add(argument);
        command.Add(option);
    }

    public T? Get(ParseResult parse)
    {
        if (parse.GetValue(argument) is not { } text)
        {
            return option.Get(parse);
        }

        return option.IsGiven(parse)
            ? throw Errors.ArgumentInvalid.Create(option.Name, "it is given twice, as the argument too")
            : read(option.Name, text);
    }
}
