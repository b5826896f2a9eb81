using DataResilience.Testing;
using DataResilience.Testing.Servers;

namespace DataResilience.Integration.Tests.PostgreSql;

/// <summary>A drill on a server that is not the source's.</summary>
[Collection(ServerTests.Name)]
[Trait("Category", "Server")]
public sealed class DrillTests
{
    [Fact]
    public async Task Where_the_roles_are_missing_a_drill_proves_the_rows_without_them()
    {
        using var work = new Workspace();
        await work.NewRepositoryAsync();
        string role = $"dr_role_{Guid.NewGuid():N}"[..24];
        PostgreSqlServer server = PostgreSqlServer.Release.Require();
        await server.ExecuteAsync($"CREATE ROLE {role}");
        Backup backup;
        await using (TestDatabase database = await server.CreateDatabaseAsync())
        {
            await database.ExecuteAsync($"CREATE TABLE t (n int); INSERT INTO t VALUES (1); ALTER TABLE t OWNER TO {role}; CREATE TABLE u (n int); GRANT SELECT ON u TO {role}");
            backup = await work.BackupAsync(database.Endpoint);
        }

        await server.ExecuteAsync($"DROP ROLE {role}");
        await using TestDatabase place = server.NameDatabase("drill");
        var request = new TestBackupIntegrityRequest
        {
            Repository = work.Repository,
            Backup = new BackupReference(backup.BackupId),
            Level = IntegrityLevel.Restore,
            Target = place.Endpoint,
        };

        DataResilienceException failure = await Assert.ThrowsAsync<DataResilienceException>(() => work.RunAsync(request));
        BackupIntegrity drill = Assert.Single(await work.RunAsync(request with { NoOwner = true, NoPrivileges = true }));

        Assert.Equal(Errors.RoleMissing.Code, failure.ErrorCode);
        Assert.True(drill.IsValid, string.Join("; ", drill.Problems));
    }
}
