namespace DataResilience.PostgreSql;

/// <summary>A session that rows of one table are read on, in a transaction that has them in one state.</summary>
internal interface IRowSession
{
    /// <summary>The session.</summary>
    ServerSession Session { get; }

    /// <summary>Makes the state readable again after a statement on the session has failed; <see cref="Session"/> may be another one then.</summary>
    Task RenewAsync(CancellationToken cancellationToken);
}
