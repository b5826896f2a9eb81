using System.Globalization;
using System.Text;

namespace DataResilience;

/// <summary>One entry of the error catalogue.</summary>
public sealed class ErrorDefinition
{
    private readonly CompositeFormat messageFormat;

    internal ErrorDefinition(string code, ErrorKind kind, string message, string recommendedAction)
    {
        Code = code;
        Kind = kind;
        Message = message;
        RecommendedAction = recommendedAction;
        messageFormat = CompositeFormat.Parse(message);
    }

    /// <summary>The stable code, in PascalCase; a contract for the life of the product.</summary>
    public string Code { get; }

    /// <summary>What sort of failure it is.</summary>
    public ErrorKind Kind { get; }

    /// <summary>What happened to which object; <c>{0}</c>, <c>{1}</c> … are filled in.</summary>
    public string Message { get; }

    /// <summary>What to do next.</summary>
    public string RecommendedAction { get; }

    /// <summary>Makes the exception of this entry.</summary>
    /// <param name="arguments">What fills the places of <see cref="Message"/>, never a secret.</param>
    /// <returns>An exception to throw.</returns>
    public DataResilienceException Create(params object?[] arguments) => CreateFrom(null, arguments);

    /// <summary>Makes the exception of this entry for a failure that has a cause.</summary>
    /// <param name="cause">What was caught.</param>
    /// <param name="arguments">What fills the places of <see cref="Message"/>, never a secret.</param>
    /// <returns>An exception to throw.</returns>
    public DataResilienceException CreateFrom(Exception? cause, params object?[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        string text = string.Format(CultureInfo.InvariantCulture, messageFormat, arguments);
        // What the runtime says of a cause ends in a full stop, and so does the catalogue's sentence around it.
        text = cause is not null && text.EndsWith("..", StringComparison.Ordinal) ? text[..^1] : text;
        return new DataResilienceException(this, text, arguments.Length > 0 ? arguments[0]?.ToString() : null, cause);
    }
}
