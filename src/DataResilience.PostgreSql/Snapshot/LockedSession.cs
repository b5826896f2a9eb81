namespace DataResilience.PostgreSql;

/// <summary>A session that has a table locked.</summary>
/// <param name="Session">The session.</param>
/// <param name="Turn">Where it is the coordinator's, the turn to end; null for a session of the pool.</param>
internal sealed record LockedSession(ServerSession Session, CoordinatorTurn? Turn);
