using System.Globalization;
using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>Says who holds a table that was waited for in vain.</summary>
internal static class TableHolder
{
    /// <summary>The failure, with the session that has the target's tables open for longest, as far as the user may see it.</summary>
    internal static async Task<DataResilienceException> ExplainAsync(ServerSession session, RestoreSetting setting, Exception failure)
    {
        const string Holders = """
            SELECT CONCAT('session ', t.trx_mysql_thread_id) FROM information_schema.innodb_trx t
            JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id WHERE p.db = ? ORDER BY t.trx_started LIMIT 1
            """;
        string holder = "another session";
        try
        {
            holder = await session.ScalarAsync(Holders, CancellationToken.None, setting.Target.Database) ?? holder;
        }
        catch (DataResilienceException denied) when (denied.InnerException is MySqlException { Number: ServerError.SpecificAccessDenied })
        {
            // Without the right PROCESS nobody else is seen.
            _ = denied;
        }

        string tables = string.Join(", ", setting.Options.Tables.Select(table => table.QualifiedName).Take(3));
        return Errors.TableLocked.CreateFrom(
            failure, setting.Target, tables, setting.Options.LockTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture), holder);
    }
}
