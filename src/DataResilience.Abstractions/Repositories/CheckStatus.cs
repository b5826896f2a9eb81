namespace DataResilience;

/// <summary>How a check went.</summary>
public enum CheckStatus
{
    /// <summary>As it should be.</summary>
    Passed,

    /// <summary>Usable, but something should be mended.</summary>
    Warning,

    /// <summary>Not usable.</summary>
    Failed,
}
