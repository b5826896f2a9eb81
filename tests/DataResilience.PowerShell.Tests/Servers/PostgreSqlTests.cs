using System.Management.Automation;
using System.Net;
using System.Security;
using DataResilience.PowerShell.Tests.Contract;

namespace DataResilience.PowerShell.Tests.Servers;

/// <summary>The commands of the staged module on a real PostgreSQL server.</summary>
[Trait("Category", "Server")]
public sealed class PostgreSqlTests : IDisposable
{
    private const string Key = "--repository backups --key-file backups.key";

    private readonly ServerDatabase database = ServerDatabase.Create(
        """
        CREATE TABLE users(id int PRIMARY KEY, name text NOT NULL);
        INSERT INTO users SELECT i, 'user ' || i FROM generate_series(1, 500) i;
        CREATE VIEW names AS SELECT name FROM users;
        CREATE TABLE "odd name"(x int);
        GRANT SELECT ON users, "odd name" TO drpassword;
        """);

    private readonly Sandbox sandbox = new();

    public void Dispose()
    {
        sandbox.Dispose();
        database.Dispose();
    }

    [Fact]
    public void A_database_is_found_backed_up_verified_and_restored_in_one_pipeline()
    {
        ShellRun run = sandbox.Module.Run(
            """
            Get-Database $args[0] |
                Where-Object Name -eq $args[1] |
                Backup-Database -Repository $repo |
                Test-BackupIntegrity |
                Where-Object IsValid |
                Restore-Database -Target $args[0] -TargetDatabase { "$($_.Database)_copy" }
            """,
            ServerDatabase.Server,
            database.Name);

        Assert.Empty(run.Errors.Select(error => $"{error}"));
        RestoreResult restored = run.Single<RestoreResult>();
        Assert.True(restored.IsVerified);
        Assert.Equal($"{database.Name}_copy", restored.TargetDatabase);
        const string Users = "SELECT count(*), sum(hashtext(u::text)) FROM users u; SELECT max(name) FROM names";
        Assert.Equal(database.Sql(Users), ServerDatabase.Sql($"{database.Name}_copy", Users));
    }

    [Fact]
    public void A_credential_logs_in_and_a_wrong_one_does_not()
    {
        const string Script = """
            $credential = [pscredential]::new('drpassword', $args[1])
            Get-Database $args[0] -Credential $credential | Backup-Database -Repository $repo
            Backup-Database $args[0] -Repository $repo -Credential $credential
            """;

        ShellRun right = sandbox.Module.Run(Script, database.Endpoint, Secret(ServerDatabase.Password));
        ShellRun wrong = sandbox.Module.Run(Script, database.Endpoint, Secret("not-it"));

        Assert.Empty(right.Errors.Select(error => $"{error}"));
        Assert.Equal([500, 500], right.Output.Select(backup => ((Backup)backup.BaseObject).Rows));
        Assert.Contains("LoginRejected", wrong.ErrorCodes);
        Assert.DoesNotContain("not-it", string.Concat(wrong.Errors.Select(error => error.ToString() + error.Exception)), StringComparison.Ordinal);
        Assert.DoesNotContain(wrong.Output, result => result.BaseObject is Backup);
    }

    [Fact]
    public void Asked_what_would_be_done_nothing_is_done_at_the_server()
    {
        sandbox.Module.Invoke("Backup-Database $args[0] -Repository $repo", database.Endpoint);
        var files = sandbox.Picture();
        string server = database.Picture();

        foreach (string call in new[]
        {
            "Backup-Database $args[0] -Repository $repo",
            "Restore-Database latest -Repository $repo -Target $args[0] -TargetDatabase \"$($args[1])_copy\"",
            "Restore-Database latest -Repository $repo -Target $args[0] -Replace -Force",
            "Restore-Database latest -Repository $repo -Target $args[0] -Table 'public.odd name' -Replace -Force",
            "Test-BackupIntegrity latest -Repository $repo -Level Restore -Target \"$($args[0])_drill\"",
        })
        {
            sandbox.Module.Invoke($"{call} -WhatIf", database.Endpoint, database.Name);
            Assert.Equal(server, database.Picture());
            Assert.Equal(files, sandbox.Picture());
        }
    }

    [Fact]
    public void Names_of_databases_and_tables_that_were_backed_up_are_offered()
    {
        sandbox.Module.Invoke("Backup-Database $args[0] -Repository $repo", database.Endpoint);

        Assert.Equal([database.Name], Complete("Get-DatabaseBackup -Repository $repo -Database dr_sh"));
        Assert.Equal(["'public.odd name'", "public.users"], Complete("Restore-Database latest -Repository $repo -Table ").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Names_of_databases_and_tables_of_a_server_are_offered()
    {
        var server = new Uri(database.Endpoint);
        string parts = $"-Engine PostgreSql -Server {server.Host} -Port {server.Port}";
        sandbox.Module.Invoke("$global:shop = Get-Database $args[0]; $global:credential = [pscredential]::new('drpassword', $args[1])", database.Endpoint, Secret(ServerDatabase.Password));
        string start = database.Name[..12];

        Assert.Equal([database.Name], Complete($"Backup-Database {parts} -Credential $credential -Database {start}"));
        Assert.Equal([database.Name], Complete($"Get-Database {ServerDatabase.Server} -Name {start}"));
        Assert.Equal([database.Name], Complete($"Restore-Database latest -Repository $repo -Target {database.Endpoint} -TargetDatabase {start}"));
        Assert.Equal(["'public.odd name'", "public.users"], Complete($"Backup-Database {database.Endpoint} -Table "));
        Assert.Equal(["public.users"], Complete("$shop | Backup-Database -Repository $repo -ExcludeTable public.u"));
        Assert.DoesNotContain("public.users", Complete($"Backup-Database {database.As("drpassword")} -Table "));
        Assert.Empty(sandbox.Module.Invoke("$Error"));
    }

    [Theory]
    [InlineData("ServerUnreachable", "Backup-Database '{unreachable}' -Repository $repo", "backup {unreachable} {key}")]
    [InlineData("LoginRejected", "Backup-Database '{password}' -Repository $repo", "backup {password} {key}")]
    [InlineData("TlsRequired", "Backup-Database '{plain}' -Repository $repo", "backup {plain} {key}")]
    [InlineData("TlsFailed", "Backup-Database '{untrusted}' -Repository $repo", "backup {untrusted} {key}")]
    [InlineData("SourceNotFound", "Backup-Database '{missing}' -Repository $repo", "backup {missing} {key}")]
    [InlineData("PoolerUnsupported", "Backup-Database '{pooler}' -Repository $repo", "backup {pooler} {key}")]
    [InlineData("NothingMatched", "Backup-Database '{here}' -Repository $repo -Table none", "backup {here} --table none {key}")]
    [InlineData("TargetExists", "Restore-Database latest -Repository $repo -Target '{here}'", "restore {here} --backup latest {key}")]
    [InlineData("TargetTableExists", "Restore-Database latest -Repository $repo -Target '{here}' -Table public.users", "restore {here} --backup latest --table public.users {key}")]
    [InlineData("TargetTableNeeded", "Restore-Database latest -Repository $repo -Target '{here}' -Table public.users -Replace -Force", "restore {here} --backup latest --table public.users --replace {key}")]
    [InlineData("EndpointInvalid", "Restore-Database latest -Repository $repo -Target '{here}?sslcrl=x'", "restore {here}?sslcrl=x --backup latest {key}")]
    public void Bad_input_has_the_same_error_code_through_both_faces_and_changes_nothing(string code, string script, string commandLine)
    {
        sandbox.Module.Invoke("Backup-Database $args[0] -Repository $repo", database.Endpoint);
        string server = database.Picture();

        ErrorRecord error = Assert.Single(sandbox.Module.Run(Fill(script)).Errors);

        Assert.Equal(code, error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(code, ConsoleFace.ErrorCode(sandbox.Root, Fill(commandLine)));
        Assert.Equal(server, database.Picture());
    }

    private static SecureString Secret(string text) => new NetworkCredential("", text).SecurePassword;

    private string Fill(string text)
    {
        string authority = Path.Combine(ServerDatabase.Variable("DATARESILIENCE_TEST_POSTGRESQL_TLS"), "other-ca.crt");
        return text
            .Replace("{key}", Key, StringComparison.Ordinal)
            .Replace("{here}", database.Endpoint, StringComparison.Ordinal)
            .Replace("{missing}", $"{database.Endpoint}_missing", StringComparison.Ordinal)
            .Replace("{unreachable}", $"postgresql://postgres@127.0.0.1:1/{database.Name}", StringComparison.Ordinal)
            .Replace("{password}", database.As("drpassword"), StringComparison.Ordinal)
            .Replace("{plain}", database.As("drtls", "?sslmode=disable"), StringComparison.Ordinal)
            .Replace("{untrusted}", database.As("drtls", $"?sslmode=verify-full&sslrootcert={authority}"), StringComparison.Ordinal)
            .Replace("{pooler}", ServerDatabase.Variable("DATARESILIENCE_TEST_PGBOUNCER"), StringComparison.Ordinal);
    }

    private IReadOnlyList<string> Complete(string line)
    {
        using var shell = sandbox.Module.Shell("");
        shell.Commands.Clear();
        return [.. CommandCompletion.CompleteInput(line, line.Length, null, shell).CompletionMatches.Select(match => match.CompletionText)];
    }
}
