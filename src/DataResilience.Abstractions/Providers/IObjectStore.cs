namespace DataResilience.Providers;

/// <summary>
/// A place of named immutable objects. Names are relative, made of <c>[a-z0-9._-]</c> and <c>/</c>, in any case as the format
/// writes them; no part of a name is empty, <c>.</c> or <c>..</c>.
/// </summary>
public interface IObjectStore
{
    /// <summary>Where it is, as users write it.</summary>
    string Location { get; }

    /// <summary>Creates an object, durably, in one step: it is there with all its bytes or not at all. Never overwrites.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="cancellationToken">Ends it; the object may or may not be there then, never a part of it.</param>
    /// <returns>True if it was created; false if an object of this name is there already, which is left as it is.</returns>
    Task<bool> CreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Reads a part of an object.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="offset">Where to begin, in bytes.</param>
    /// <param name="destination">Where to put the bytes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How many bytes were read: fewer than asked only where the object ends; null if there is no such object.</returns>
    Task<int?> ReadAsync(string name, long offset, Memory<byte> destination, CancellationToken cancellationToken);

    /// <summary>Looks an object up.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What is known of it; null if there is no such object.</returns>
    Task<ObjectDescription?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Lists objects in the ordinal order of their names. What is being created and temporary files are not listed.</summary>
    /// <param name="prefix">What their names begin with; empty lists all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The objects.</returns>
    IAsyncEnumerable<ObjectDescription> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Deletes an object; one that is not there is no error.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task.</returns>
    Task DeleteAsync(string name, CancellationToken cancellationToken);
}
