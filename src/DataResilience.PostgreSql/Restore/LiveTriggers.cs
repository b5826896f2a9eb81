using Npgsql;

namespace DataResilience.PostgreSql;

/// <summary>Keeps the triggers of tables from firing while rows are loaded into them, and lets them be what they were afterwards.</summary>
internal sealed class LiveTriggers(ServerSession session)
{
    // The letters of pg_trigger.tgenabled.
    private const char FiresAlways = 'A';
    private const char FiresOnReplica = 'R';
    private const char FiresUsually = 'O';

    private const string Query = """
        SELECT n.nspname, c.relname, t.tgname, t.tgenabled
        FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE t.tgrelid = ANY ($1::pg_catalog.oid[]) AND NOT t.tgisinternal ORDER BY 1, 2, 3
        """;

    private readonly List<(string Table, string Trigger, char Mode)> disabled = [];

    /// <summary>Disables them.</summary>
    /// <returns>Whether the session replays as a replica does, so that the server checks no foreign keys either.</returns>
    internal async Task<bool> DisableAsync(long[] tables, CancellationToken cancellationToken)
    {
        bool isReplica = await TryReplicaAsync(cancellationToken);
        IReadOnlyList<(string Table, string Trigger, char Mode)> triggers = await session.QueryAsync(
            Query, row => (SqlName.Quote(row.GetString(0), row.GetString(1)), row.GetString(2), row.GetChar(3)), cancellationToken, tables);
        foreach ((string table, string trigger, char mode) in triggers.Where(item => Fires(item.Mode, isReplica)))
        {
            await session.ExecuteAsync($"ALTER TABLE {table} DISABLE TRIGGER {SqlName.Quote(trigger)}", cancellationToken);
            disabled.Add((table, trigger, mode));
        }

        return isReplica;
    }

    internal async Task EnableAsync(CancellationToken cancellationToken)
    {
        foreach ((string table, string trigger, char mode) in disabled)
        {
            string how = mode switch
            {
                FiresAlways => "ENABLE ALWAYS",
                FiresOnReplica => "ENABLE REPLICA",
                _ => "ENABLE",
            };
            await session.ExecuteAsync($"ALTER TABLE {table} {how} TRIGGER {SqlName.Quote(trigger)}", cancellationToken);
        }
    }

    private static bool Fires(char mode, bool isReplica) => mode == FiresAlways || mode == (isReplica ? FiresOnReplica : FiresUsually);

    /// <summary>Only a superuser may, or from 15 on who was granted it.</summary>
    private async Task<bool> TryReplicaAsync(CancellationToken cancellationToken)
    {
        try
        {
            await session.ExecuteAsync("SAVEPOINT dr_replica; SET LOCAL session_replication_role = replica", cancellationToken);
            return true;
        }
        catch (DataResilienceException failure) when (failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege })
        {
            // Sent together, both failed: an implicit block within a transaction ends with the savepoint made.
            await session.ExecuteAsync("ROLLBACK TO SAVEPOINT dr_replica", cancellationToken);
            return false;
        }
    }
}
