using DataResilience.Integration.Tests.RoundTrips;
using DataResilience.Testing.Servers;
using MySqlConnector;

namespace DataResilience.Integration.Tests.MySql;

/// <summary>
/// Each of its transactions adds a parent and its child, takes the oldest pair away and counts itself, so that every committed state
/// follows from its counter alone and no two tables of different states go together.
/// </summary>
internal sealed class ServerFamilyWriter : PacedWriter
{
    private const int Window = 50;

    private ServerFamilyWriter(string connectionString) => Begin(() => Open(connectionString));

    /// <summary>Makes its tables; the child's name comes first, so that it is read first. Nothing at the server would find an orphan.</summary>
    internal static Task MakeTablesAsync(MySqlTestDatabase database) => database.RunScriptAsync(
        """
        CREATE TABLE a_child(id bigint PRIMARY KEY, parent bigint NOT NULL, text varchar(100)) ENGINE=InnoDB;
        CREATE TABLE m_counter(n bigint NOT NULL) ENGINE=InnoDB;
        INSERT INTO m_counter VALUES (0);
        CREATE TABLE z_parent(id bigint PRIMARY KEY, name varchar(100)) ENGINE=InnoDB;
        DELIMITER //
        CREATE PROCEDURE family_step(keep int)
        BEGIN
            DECLARE i bigint;
            START TRANSACTION;
            UPDATE m_counter SET n = n + 1;
            SELECT n INTO i FROM m_counter;
            INSERT INTO z_parent VALUES (i, CONCAT('parent ', i));
            INSERT INTO a_child VALUES (i, i, CONCAT('child ', i));
            DELETE FROM a_child WHERE id = i - keep;
            DELETE FROM z_parent WHERE id = i - keep;
            COMMIT;
        END //
        DELIMITER ;
        """);

    internal static ServerFamilyWriter Start(MySqlTestDatabase database) => new(database.ConnectionString);

    /// <summary>Fails unless the tables of a database are one committed state.</summary>
    /// <returns>After how many commits it was so.</returns>
    internal static async Task<long> RequireOneStateAsync(MySqlTestDatabase database)
    {
        Assert.Equal(0L, await database.ScalarAsync<long>("SELECT count(*) FROM a_child WHERE parent NOT IN (SELECT id FROM z_parent)"));
        Assert.Equal(0L, await database.ScalarAsync<long>("SELECT count(*) FROM z_parent WHERE id NOT IN (SELECT parent FROM a_child)"));
        long n = await database.ScalarAsync<long>("SELECT n FROM m_counter");
        Assert.True(n > Window, "The writer had hardly begun.");
        string children = string.Join(",", Enumerable.Range(1, Window).Select(place => n - Window + place).Select(id => $"{id}:{id}:child {id}"));
        string parents = string.Join(",", Enumerable.Range(1, Window).Select(place => n - Window + place).Select(id => $"{id}:parent {id}"));
        Assert.Equal(children, await database.ScalarAsync<string>(
            "SET SESSION group_concat_max_len = 1000000; SELECT CAST(group_concat(CONCAT(id, ':', parent, ':', text) ORDER BY id SEPARATOR ',') AS char) FROM a_child"));
        Assert.Equal(parents, await database.ScalarAsync<string>(
            "SET SESSION group_concat_max_len = 1000000; SELECT CAST(group_concat(CONCAT(id, ':', name) ORDER BY id SEPARATOR ',') AS char) FROM z_parent"));
        return n;
    }

    private static (IDisposable Connection, Action Commit) Open(string connectionString)
    {
        var connection = new MySqlConnection(connectionString);
        connection.Open();
        var command = new MySqlCommand($"CALL family_step({Window})", connection);
        return (connection, () => Commit(command));
    }

    /// <summary>As applications must, it begins a transaction anew that the server has ended for a deadlock: LOCK TABLES may be one side of it.</summary>
    private static void Commit(MySqlCommand step)
    {
        while (true)
        {
            try
            {
                step.ExecuteNonQuery();
                return;
            }
            catch (MySqlException failure) when (failure.ErrorCode == MySqlErrorCode.LockDeadlock)
            {
                continue;
            }
        }
    }
}
