using System.Diagnostics;
using System.Management.Automation;

namespace DataResilience.PowerShell.Tests.Commands;

public sealed class StopTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_backup_stops_while_rows_flow_and_the_repository_stays_valid()
    {
        MakeLargeDatabase();
        using var shell = sandbox.Module.Shell("Backup-Database sqlite:large.db -Repository $repo");

        await StopAfterFirstProgress(shell);

        Assert.Equal(["NothingMatched"], sandbox.Module.Run("Get-DatabaseBackup -Repository $repo").ErrorCodes);
        sandbox.WithBackups();
        Assert.True(sandbox.Module.Run("Test-BackupIntegrity -Repository $repo -Quiet").Single<bool>());
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_backup_stops_while_packs_are_written_and_the_next_one_uses_them()
    {
        MakeLargeDatabase();
        using var shell = sandbox.Module.Shell("Backup-Database sqlite:large.db -Repository $repo");

        shell.BeginInvoke();
        await FirstPackAsync().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        AssertStops(shell);

        Assert.Equal(["NothingMatched"], sandbox.Module.Run("Get-DatabaseBackup -Repository $repo").ErrorCodes);
        Assert.True(sandbox.Module.Run("Test-BackupIntegrity -Repository $repo -Quiet").Single<bool>());
        var next = (Backup)Assert.Single(sandbox.Module.Invoke("Backup-Database sqlite:large.db -Repository $repo")).BaseObject;
        Assert.True(next.NewSize < next.StoredSize, "the packs that were there are used");
        Assert.True(sandbox.Module.Run("Test-BackupIntegrity -Repository $repo -Quiet").Single<bool>());
    }

    [Fact]
    public async Task A_backup_stops_while_it_waits_for_a_lock()
    {
        using var other = sandbox.SqliteTool("crm.db");
        await other.StandardInput.WriteLineAsync("PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; SELECT 'locked';");
        await other.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        while (await other.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) != "locked")
        {
            Assert.False(other.HasExited);
        }

        using var shell = sandbox.Module.Shell("Backup-Database sqlite:crm.db -Repository $repo -LockTimeout 5m");
        var running = shell.BeginInvoke();
        await Task.Delay(TimeSpan.FromMilliseconds(500), TestContext.Current.CancellationToken);
        Assert.False(running.IsCompleted);
        AssertStops(shell);

        other.StandardInput.Close();
        await other.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Empty(sandbox.Module.Run("Backup-Database sqlite:crm.db -Repository $repo").ErrorCodes);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_restore_stops_and_leaves_nothing_under_the_targets_name()
    {
        MakeLargeDatabase();
        sandbox.Module.Invoke("Backup-Database sqlite:large.db -Repository $repo");
        using var shell = sandbox.Module.Shell("Restore-Database latest -Repository $repo -TargetDatabase restored.db");

        await StopAfterFirstProgress(shell);

        Assert.Empty(Directory.EnumerateFiles(sandbox.Root, "restored*"));
    }

    /// <summary>160 MB that no compression shrinks: some ten packs.</summary>
    private void MakeLargeDatabase() => sandbox.Sqlite("large.db", """
        CREATE TABLE t(id INTEGER PRIMARY KEY, x BLOB);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400000) INSERT INTO t SELECT i, randomblob(400) FROM n;
        """);

    /// <summary>The first of some ten packs is in the store, so the others are being written.</summary>
    private async Task FirstPackAsync()
    {
        string packs = sandbox.At(Path.Combine("backups", "packs"));
        while (!Directory.Exists(packs) || !Directory.EnumerateFiles(packs, "*", SearchOption.AllDirectories).Any())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task StopAfterFirstProgress(System.Management.Automation.PowerShell shell)
    {
        var reported = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        shell.Streams.Progress.DataAdded += (_, _) => reported.TrySetResult();
        shell.BeginInvoke();
        await reported.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        AssertStops(shell);
    }

    private static void AssertStops(System.Management.Automation.PowerShell shell)
    {
        long start = Stopwatch.GetTimestamp();
        shell.Stop();
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, Limit);
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
    }
}
