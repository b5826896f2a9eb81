namespace DataResilience.MySql;

/// <summary>LOCK TABLES … READ of the tables that are read: nobody writes to these.</summary>
internal sealed class TableLocks : StateLock
{
    private bool locksInstance;

    internal override LockMode Mode => LockMode.TableLocks;

    internal override string Statement => "LOCK TABLES";

    internal override string Sentence => $"All readers began while LOCK TABLES … READ held the chosen tables{InstanceLock.Clause(locksInstance)}.";

    /// <summary>The statement for some tables.</summary>
    internal static string StatementFor(string database, IEnumerable<SourceTable> tables) =>
        $"LOCK TABLES {string.Join(", ", tables.Select(table => $"{SqlText.Name(database, table.Name)} READ"))}";

    protected override async Task TakeAsync(ServerSession keeper, IReadOnlyList<SourceTable> tables, CancellationToken cancellationToken)
    {
        locksInstance = await InstanceLock.TryTakeAsync(keeper, cancellationToken);
        if (tables.Count > 0)
        {
            await keeper.ExecuteAsync(StatementFor(keeper.Address.Database, tables), cancellationToken);
        }
    }

    internal override Task<string?> SettleAsync(ServerSession keeper, IReadOnlyList<ServerSession> readers, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(null);

    internal override Task ReleaseAsync(ServerSession keeper, CancellationToken cancellationToken) =>
        keeper.ExecuteAsync("UNLOCK TABLES", cancellationToken);
}
