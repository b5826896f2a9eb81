using System.Collections.Concurrent;

namespace DataResilience.Engine.Repository;

/// <summary>
/// The locks that this process holds. A lock of this process that is not among them has ended, though the store could not take its
/// end: otherwise a process that goes on, a shell or a service, would wait for itself.
/// </summary>
internal static class HeldLocks
{
    private static readonly ConcurrentDictionary<(string Location, string Name), bool> Held = new();

    internal static void Add(string location, string name) => Held[(location, name)] = true;

    internal static void Remove(string location, string name) => Held.TryRemove((location, name), out _);

    internal static bool Contains(string location, string name) => Held.ContainsKey((location, name));
}
