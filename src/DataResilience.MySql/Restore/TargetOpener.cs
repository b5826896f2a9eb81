using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>Begins a restore of the kind that is wanted.</summary>
internal static class TargetOpener
{
    internal static Task<IRestoreTarget> OpenAsync(
        ServerAddress address, TargetOptions options, Random random, TimeProvider time, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
