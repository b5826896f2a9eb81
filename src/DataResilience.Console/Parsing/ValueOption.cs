using System.CommandLine;

namespace DataResilience.Console.Parsing;

/// <summary>
/// An option with one value that is read when the request is made, so that a bad value has the same error code through
/// this face as through the cmdlets.
/// </summary>
/// <typeparam name="T">What the text means.</typeparam>
internal sealed class ValueOption<T> : Option<string>
{
    private readonly Func<string, string, T> read;

    /// <param name="name">With its dashes.</param>
    /// <param name="valueName">What the help calls the value.</param>
    /// <param name="description">For the help.</param>
    /// <param name="read">Makes the value of the option's name and the text.</param>
    public ValueOption(string name, string valueName, string description, Func<string, string, T> read)
        : base(name)
    {
        this.read = read;
        HelpName = valueName;
        Description = description;
    }

    public bool IsGiven(ParseResult parse) => parse.GetValue(this) is not null;

    /// <summary>The value, or what stands for "not given".</summary>
    public T? Get(ParseResult parse) => parse.GetValue(this) is { } text ? read(Name, text) : default;

    /// <summary>The value, or the one that the request has by itself.</summary>
    public T Get(ParseResult parse, T otherwise) => parse.GetValue(this) is { } text ? read(Name, text) : otherwise;
}
