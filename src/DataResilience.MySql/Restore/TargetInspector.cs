using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>Looks at a target without changing it.</summary>
internal static class TargetInspector
{
    internal static Task<TargetState> InspectAsync(ServerAddress address, TargetOptions options, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
