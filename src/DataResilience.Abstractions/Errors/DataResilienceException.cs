namespace DataResilience;

/// <summary>An operation failed in a way that the error catalogue knows.</summary>
public sealed class DataResilienceException : Exception
{
    internal DataResilienceException(ErrorDefinition definition, string message, string? target, Exception? cause)
        : base(message, cause)
    {
        Definition = definition;
        Target = target;
    }

    /// <summary>The stable code of the error, for example <c>KeyRejected</c>.</summary>
    public string ErrorCode => Definition.Code;

    /// <summary>What sort of failure it is.</summary>
    public ErrorKind Kind => Definition.Kind;

    /// <summary>What to do next.</summary>
    public string RecommendedAction => Definition.RecommendedAction;

    /// <summary>The object it happened to: a location, a backup id, a table.</summary>
    public string? Target { get; }

    /// <summary>The catalogue's entry.</summary>
    public ErrorDefinition Definition { get; }
}
