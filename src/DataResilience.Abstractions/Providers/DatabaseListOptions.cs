namespace DataResilience.Providers;

/// <summary>Which databases to list, and what to say of them.</summary>
public sealed record DatabaseListOptions
{
    /// <summary>How closely to look.</summary>
    public DatabaseDetail Detail { get; init; } = DatabaseDetail.Counts;

    /// <summary>Whether a database of this name is asked for; the others are not looked into.</summary>
    public Func<string, bool> Takes { get; init; } = _ => true;
}
