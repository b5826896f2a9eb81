using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>Opens one state of a database for several sessions.</summary>
internal static class SnapshotOpener
{
    internal static Task<ISourceSnapshot> OpenAsync(
        ServerAddress address, SnapshotOptions options, TimeProvider time, Random random, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
