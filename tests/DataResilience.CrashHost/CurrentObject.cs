using DataResilience.Providers;

namespace DataResilience.CrashHost;

/// <summary>Knows which object the steps on files belong to: what is written under a temporary name does not tell.</summary>
internal sealed class CurrentObject(IObjectStore inner) : IObjectStore
{
    private static readonly AsyncLocal<string?> Current = new();

    /// <summary>The phase of a backup that the step which is taken on this thread belongs to.</summary>
    public static string Phase => Current.Value switch
    {
        null => "reading",
        var name when name.EndsWith(".end", StringComparison.Ordinal) => "lock end",
        var name => name.Split('/') is ["copies", var folder, ..] ? $"{folder} copy" : name.Split('/')[0],
    };

    public string Location => inner.Location;

    public async Task<bool> CreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        Current.Value = name; // Ends with this method: what an asynchronous method sets does not reach its caller.
        return await inner.CreateAsync(name, content, cancellationToken);
    }

    public Task<int?> ReadAsync(string name, long offset, Memory<byte> destination, CancellationToken cancellationToken) =>
        inner.ReadAsync(name, offset, destination, cancellationToken);

    public Task<ObjectDescription?> FindAsync(string name, CancellationToken cancellationToken) => inner.FindAsync(name, cancellationToken);

    public IAsyncEnumerable<ObjectDescription> ListAsync(string prefix, CancellationToken cancellationToken) =>
        inner.ListAsync(prefix, cancellationToken);

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);
}
