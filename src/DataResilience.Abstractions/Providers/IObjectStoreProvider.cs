namespace DataResilience.Providers;

/// <summary>Opens object stores of one kind.</summary>
public interface IObjectStoreProvider
{
    /// <summary>Whether a location is of this kind.</summary>
    /// <param name="location">A location as users write it.</param>
    /// <returns>True if <see cref="Open"/> takes it.</returns>
    bool CanOpen(string location);

    /// <summary>Opens a store; touches nothing.</summary>
    /// <param name="location">A location as users write it; a path is absolute.</param>
    /// <returns>The store.</returns>
    IObjectStore Open(string location);
}
