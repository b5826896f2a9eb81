namespace DataResilience.PostgreSql;

/// <summary>The time in which one caller has the coordinator's session to itself.</summary>
internal sealed class CoordinatorTurn(ServerSession session, SemaphoreSlim gate) : IDisposable
{
    internal ServerSession Session => session;

    public void Dispose() => gate.Release();
}
