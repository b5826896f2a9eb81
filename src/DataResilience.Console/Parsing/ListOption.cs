using System.CommandLine;

namespace DataResilience.Console.Parsing;

/// <summary>An option that may be given several times, one value each: a name may hold any character, a comma too.</summary>
internal sealed class ListOption : Option<string[]>
{
    public ListOption(string name, string valueName, string description)
        : base(name)
    {
        HelpName = valueName;
        Description = description + " Repeatable.";
        DefaultValueFactory = _ => [];
        AllowMultipleArgumentsPerToken = false;
    }

    public IReadOnlyList<string> Get(ParseResult parse) => parse.GetValue(this) ?? [];
}
