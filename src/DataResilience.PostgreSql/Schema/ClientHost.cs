using System.Diagnostics;

namespace DataResilience.PostgreSql;

/// <summary>The host that PostgreSQL's own programs run on.</summary>
/// <param name="Variable">Reads an environment variable.</param>
/// <param name="Start">Starts a program.</param>
internal sealed record ClientHost(Func<string, string?> Variable, Func<ProcessStartInfo, Process> Start)
{
    /// <summary>This host.</summary>
    internal static ClientHost Local { get; } = new(
        Environment.GetEnvironmentVariable,
        start => Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} was not started"));
}
