namespace DataResilience.Engine.Repository;

/// <summary>A process: its id, and when it started, so that a reused id is not taken for it.</summary>
internal sealed record RunningProcess(int Id, DateTime StartedAtUtc);
