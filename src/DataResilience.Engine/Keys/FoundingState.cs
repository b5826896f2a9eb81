namespace DataResilience.Engine.Keys;

/// <summary>What is at a place where a repository is to be made.</summary>
internal enum FoundingState
{
    /// <summary>Nothing.</summary>
    Empty,

    /// <summary>Slots alone, of a founding that ended before its first keyring: they open nothing, and a new founding goes on beside them.</summary>
    Abandoned,

    /// <summary>A first keyring without repository.json and nothing else: opening it with its key and finishing it makes it whole.</summary>
    Unfinished,

    /// <summary>A repository.</summary>
    Repository,

    /// <summary>Something else.</summary>
    Occupied,
}
