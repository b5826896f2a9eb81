namespace DataResilience.PowerShell.Tests.Commands;

public sealed class PipelineTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void A_database_is_backed_up_verified_and_restored_in_one_line()
    {
        var run = sandbox.Module.Run("""
            Get-Database sqlite:. |
                Backup-Database -Repository $repo |
                Test-BackupIntegrity |
                Where-Object IsValid |
                Restore-Database -Target sqlite:. -TargetDatabase { "$($_.Database)_copy.db" }
            """);

        Assert.Empty(run.ErrorCodes);
        Assert.Equal(["crm_copy.db", "shop_copy.db"], run.Output.Select(result => Path.GetFileName(((RestoreResult)result.BaseObject).TargetDatabase)).Order());
        Assert.All(run.Output, result => Assert.True(((RestoreResult)result.BaseObject).IsVerified));
        foreach (string name in new[] { "shop", "crm" })
        {
            Assert.Equal(sandbox.Sqlite($"{name}.db", ".dump"), sandbox.Sqlite($"{name}_copy.db", ".dump"));
        }
    }

    [Fact]
    public void A_backup_alone_piped_into_a_restore_changes_nothing()
    {
        sandbox.WithBackups();
        var before = sandbox.Picture();

        var run = sandbox.Module.Run("Get-DatabaseBackup -Repository $repo | Restore-Database -Replace -Force");

        Assert.Equal("TargetRequired", run.ErrorCodes[0]);
        Assert.Empty(run.Output);
        Assert.Equal(before, sandbox.Picture());
    }

    [Theory]
    [InlineData("@() | Backup-Database -Repository $repo")]
    [InlineData("@() | Test-BackupIntegrity -Repository $repo")]
    [InlineData("@() | Restore-Database -Repository $repo -TargetDatabase x.db")]
    [InlineData("@() | Get-RestorePlan -Repository $repo")]
    [InlineData("@() | Get-DatabaseBackup")]
    [InlineData("@() | Remove-DatabaseBackup -Confirm:$false")]
    [InlineData("@() | Remove-BackupRepositoryKey -Confirm:$false")]
    [InlineData("Get-Database sqlite:. | Where-Object Name -eq nobody | Backup-Database -Repository $repo")]
    public void A_pipe_through_which_nothing_came_is_an_error(string script)
    {
        var run = sandbox.Module.Run(script);

        Assert.Equal(["NothingMatched"], run.ErrorCodes);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void Nothing_is_restored_for_an_object_that_names_no_backup()
    {
        sandbox.WithBackups();

        var run = sandbox.Module.Run("$null, [pscustomobject]@{ Other = 1 } | Restore-Database -Repository $repo -Database shop -TargetDatabase x.db");

        Assert.NotEmpty(run.Errors);
        Assert.False(File.Exists(sandbox.At("x.db")));
    }

    [Fact]
    public void Latest_is_ambiguous_where_there_are_backups_of_two_databases()
    {
        sandbox.WithBackups();

        Assert.Equal(["AmbiguousBackup"], sandbox.Module.Run("Restore-Database latest -Repository $repo -TargetDatabase x.db").ErrorCodes);
        Assert.Equal("crm", sandbox.Module.Run("Restore-Database latest -Repository $repo -Database crm -TargetDatabase x.db").Single<RestoreResult>().Database);
    }

    [Fact]
    public void One_call_writes_no_target_twice()
    {
        sandbox.WithBackups();

        var run = sandbox.Module.Run("Get-DatabaseBackup -Repository $repo | Restore-Database -TargetDatabase x.db -Replace -Force");

        Assert.Single(run.Output);
        Assert.Equal(["DuplicateTarget"], run.ErrorCodes);
    }

    [Fact]
    public void An_existing_target_needs_replace_and_force_alone_does_not_consent()
    {
        sandbox.WithBackups();
        sandbox.Sqlite("old.db", "CREATE TABLE old(x);");
        const string Restore = "Restore-Database latest -Database crm -Repository $repo -TargetDatabase old.db ";

        Assert.Equal(["TargetExists"], sandbox.Module.Run(Restore).ErrorCodes);
        Assert.Equal(["TargetExists"], sandbox.Module.Run(Restore + "-Force").ErrorCodes);
        Assert.Equal(["ConfirmationRequired"], sandbox.Module.Run(Restore + "-Replace").ErrorCodes);
        Assert.Equal("CREATE TABLE old(x);", sandbox.Sqlite("old.db", ".schema"));
        Assert.True(sandbox.Module.Run(Restore + "-Replace -Force").Single<RestoreResult>().IsVerified);
        Assert.True(sandbox.Module.Run(Restore + "-Replace -Confirm:$false").Single<RestoreResult>().IsVerified);
    }

    [Fact]
    public void A_failure_of_one_object_does_not_keep_the_next_from_being_done()
    {
        File.WriteAllText(sandbox.At("broken.db"), "not a database");

        var run = sandbox.Module.Run("'sqlite:broken.db', 'sqlite:nowhere.db', 'sqlite:crm.db' | Backup-Database -Repository $repo");

        Assert.Equal(["NotADatabase", "SourceNotFound"], run.ErrorCodes);
        Assert.Equal("crm", run.Single<Backup>().Database);
    }

    [Fact]
    public void A_failure_of_the_repository_ends_the_call()
    {
        var run = sandbox.Module.Run("'sqlite:shop.db', 'sqlite:crm.db' | Backup-Database -Repository ./nowhere -KeyFile ./backups.key");

        Assert.Equal(["RepositoryNotFound"], run.ErrorCodes);
    }

    [Fact]
    public void Results_that_left_their_process_bind_again()
    {
        sandbox.WithBackups();

        var run = sandbox.Module.Run("""
            $shipped = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-DatabaseBackup latest -Database shop -Repository $repo)))
            $shipped | Restore-Database -TargetDatabase a.db
            $shipped | Restore-Database -TargetDatabase a.db -KeyFile ./backups.key
            Restore-Database $shipped.BackupId.Substring($shipped.BackupId.Length - 6) -Repository $shipped.Repository -KeyFile ./backups.key -TargetDatabase b.db
            """);

        Assert.Equal(["KeyRequired"], run.ErrorCodes);
        Assert.Equal(2, run.Output.Count);
    }

    [Fact]
    public void A_quiet_verification_gives_one_answer_and_false_where_it_could_not_be_made()
    {
        sandbox.WithBackups();

        Assert.True(sandbox.Module.Run("Get-DatabaseBackup -Repository $repo | Test-BackupIntegrity -Quiet").Single<bool>());
        Assert.True(sandbox.Module.Run("Test-BackupIntegrity -Repository $repo -Quiet").Single<bool>());
        Assert.False(sandbox.Module.Run("Test-BackupIntegrity nobody -Repository $repo -Quiet").Single<bool>());
        Assert.False(sandbox.Module.Run("Test-BackupIntegrity -Repository ./nowhere -KeyFile ./backups.key -Quiet").Single<bool>());
        Assert.False(sandbox.Module.Run("@() | Test-BackupIntegrity -Quiet").Single<bool>());
        Assert.False(sandbox.Module.Run("Test-BackupIntegrity -Repository $repo -Quiet -Level Catalog").Single<bool>());
    }

    [Fact]
    public void A_verification_that_reads_nothing_passes_nothing()
    {
        sandbox.WithBackups();

        var run = sandbox.Module.Run("Get-DatabaseBackup -Repository $repo | Test-BackupIntegrity -Level Catalog | Where-Object IsValid");

        Assert.Empty(run.ErrorCodes);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void The_defaults_of_the_session_and_of_the_process_count()
    {
        sandbox.WithBackups();

        var run = sandbox.Module.Run("""
            $PSDefaultParameterValues = @{ '*-*Backup*:Repository' = $repo }
            Get-DatabaseBackup -Database crm
            """);

        Assert.Equal("crm", run.Single<Backup>().Database);
        Assert.Equal(["RepositoryRequired"], sandbox.Module.Run("$PSDefaultParameterValues = @{}; Get-DatabaseBackup").ErrorCodes);
        Assert.Equal(["KeyRequired"], sandbox.Module.Run("Get-DatabaseBackup -Repository ./backups").ErrorCodes);
    }

    [Fact]
    public void The_key_is_in_no_form_of_an_opened_repository()
    {
        var run = sandbox.Module.Run("[System.Management.Automation.PSSerializer]::Serialize($repo, 10); $repo | Get-Member | ForEach-Object Name");

        Assert.DoesNotContain("Key\"", string.Concat(run.Output.Select(part => (string)part.BaseObject)).Replace("KeyName\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_repository_that_was_opened_once_serves_parallel_runspaces()
    {
        var run = sandbox.Module.Run("'shop', 'crm' | ForEach-Object -Parallel { Import-Module $using:args[0]; Backup-Database \"sqlite:$($using:args[1])/$_.db\" -Repository $using:repo }",
            Path.Combine(DataResilience.Testing.RepositoryLayout.Module, "DataResilience.psd1"), sandbox.Root);

        Assert.Empty(run.ErrorCodes);
        Assert.Equal(["crm", "shop"], run.Output.Select(backup => ((Backup)backup.BaseObject).Database).Order());
    }

    [Fact]
    public void A_key_is_added_listed_used_and_removed_through_the_pipe()
    {
        var run = sandbox.Module.Run("""
            Add-BackupRepositoryKey server Writer, Reader -NewKeyFile ./server.key -Repository $repo
            Get-BackupRepository ./backups -KeyFile ./server.key
            Get-BackupRepositoryKey server -Repository $repo | Remove-BackupRepositoryKey -Confirm:$false -PassThru
            """);

        Assert.Empty(run.ErrorCodes);
        Assert.Equal(RepositoryRole.Writer | RepositoryRole.Reader, ((BackupRepositoryKey)run.Output[0].BaseObject).Roles);
        Assert.Equal("server", ((BackupRepository)run.Output[1].BaseObject).KeyName);
        Assert.Equal("server", ((BackupRepositoryKey)run.Output[2].BaseObject).Name);
        Assert.Equal(["KeyRejected"], sandbox.Module.Run("Get-BackupRepository ./backups -KeyFile ./server.key").ErrorCodes);
    }
}
