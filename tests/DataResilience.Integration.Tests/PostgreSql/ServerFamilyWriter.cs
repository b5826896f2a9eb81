using DataResilience.Integration.Tests.RoundTrips;
using DataResilience.Testing.Servers;
using Npgsql;

namespace DataResilience.Integration.Tests.PostgreSql;

/// <summary>
/// Each of its transactions adds a parent and its child, takes the oldest pair away and counts itself, so that every committed state
/// follows from its counter alone and no two tables of different states go together.
/// </summary>
internal sealed class ServerFamilyWriter : PacedWriter
{
    private const int Window = 50;

    private ServerFamilyWriter(string connectionString) => Begin(() => Open(connectionString));

    /// <summary>Makes its tables; the child's name comes first, so that it is read first. Nothing at the server would find an orphan.</summary>
    internal static Task MakeTablesAsync(TestDatabase database) => database.ExecuteAsync(
        """
        CREATE TABLE public.a_child(id bigint PRIMARY KEY, parent bigint NOT NULL, text text);
        CREATE TABLE public.m_counter(n bigint NOT NULL);
        INSERT INTO public.m_counter VALUES (0);
        CREATE TABLE public.z_parent(id bigint PRIMARY KEY, name text);
        CREATE FUNCTION public.family_step(keep int) RETURNS void LANGUAGE plpgsql AS $step$
            DECLARE i bigint;
            BEGIN
                UPDATE public.m_counter SET n = n + 1 RETURNING n INTO i;
                INSERT INTO public.z_parent VALUES (i, 'parent ' || i);
                INSERT INTO public.a_child VALUES (i, i, 'child ' || i);
                DELETE FROM public.a_child WHERE id = i - keep;
                DELETE FROM public.z_parent WHERE id = i - keep;
            END
            $step$;
        """);

    internal static ServerFamilyWriter Start(TestDatabase database) => new(database.ConnectionString);

    /// <summary>Fails unless the tables of a database are one committed state.</summary>
    /// <returns>After how many commits it was so.</returns>
    internal static async Task<long> RequireOneStateAsync(TestDatabase database)
    {
        Assert.Equal(0L, await database.ScalarAsync<long>("SELECT count(*) FROM public.a_child WHERE parent NOT IN (SELECT id FROM public.z_parent)"));
        Assert.Equal(0L, await database.ScalarAsync<long>("SELECT count(*) FROM public.z_parent WHERE id NOT IN (SELECT parent FROM public.a_child)"));
        long n = await database.ScalarAsync<long>("SELECT n FROM public.m_counter");
        Assert.True(n > Window, "The writer had hardly begun.");
        string children = string.Join(",", Enumerable.Range(1, Window).Select(place => n - Window + place).Select(id => $"{id}:{id}:child {id}"));
        string parents = string.Join(",", Enumerable.Range(1, Window).Select(place => n - Window + place).Select(id => $"{id}:parent {id}"));
        Assert.Equal(children, await database.ScalarAsync<string>("SELECT string_agg(id || ':' || parent || ':' || text, ',' ORDER BY id) FROM public.a_child"));
        Assert.Equal(parents, await database.ScalarAsync<string>("SELECT string_agg(id || ':' || name, ',' ORDER BY id) FROM public.z_parent"));
        return n;
    }

    private static (IDisposable Connection, Action Commit) Open(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        var command = new NpgsqlCommand($"SELECT public.family_step({Window})", connection);
        command.Prepare();
        return (connection, () => command.ExecuteNonQuery());
    }
}
