namespace DataResilience;

/// <summary>What is wrong with an object of a repository.</summary>
public enum ProblemKind
{
    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>Its bytes are not those that were written.</summary>
    Corrupt,

    /// <summary>It should not be there.</summary>
    Unexpected,

    /// <summary>It is intact but does not agree with what refers to it.</summary>
    Mismatch,
}
