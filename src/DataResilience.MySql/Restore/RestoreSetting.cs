using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>What a restore is of, and where to.</summary>
/// <param name="Target">The server and the wanted database, as the user named them.</param>
/// <param name="Options">What is restored.</param>
/// <param name="Failures">How failures are told.</param>
/// <param name="Random">Names what is temporary.</param>
/// <param name="Time">Marks what is temporary, and limits its removal.</param>
internal sealed record RestoreSetting(ServerAddress Target, TargetOptions Options, TargetFailures Failures, Random Random, TimeProvider Time)
{
    /// <summary>Whether rows are inserted although the server would load them.</summary>
    internal bool NeverLoads { get; init; }
}
