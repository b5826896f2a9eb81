using System.Management.Automation;
using System.Reflection;

namespace DataResilience.PowerShell.Tests.Commands;

/// <summary>-WhatIf of every cmdlet that changes something leaves every byte of stores, targets and directories as it was.</summary>
public sealed class WhatIfTests : IDisposable
{
    private static readonly Dictionary<string, string> Calls = new(StringComparer.Ordinal)
    {
        ["New-BackupRepository"] = "New-BackupRepository ./new -KeyFile ./new.key",
        ["Test-BackupRepository"] = "Test-BackupRepository $repo",
        ["Optimize-BackupRepository"] = "Optimize-BackupRepository $repo -RebuildIndex",
        ["Add-BackupRepositoryKey"] = "Add-BackupRepositoryKey other Writer -NewKeyFile ./other.key -Repository $repo",
        ["Remove-BackupRepositoryKey"] = "Remove-BackupRepositoryKey second -Repository $repo -Confirm:$false",
        ["Backup-Database"] = "Backup-Database sqlite:shop.db -Repository $repo",
        ["Test-BackupIntegrity"] = "Test-BackupIntegrity latest -Database shop -Repository $repo -Level Restore -Target sqlite:drill.db",
        ["Restore-Database"] = "Restore-Database latest -Database shop -Repository $repo -TargetDatabase crm.db -Replace -Force",
        ["Remove-DatabaseBackup"] = "Remove-DatabaseBackup latest -Database shop -AllowLastBackup -Repository $repo -Confirm:$false",
    };

    private readonly Sandbox sandbox = new Sandbox().WithBackups();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void It_changes_nothing()
    {
        sandbox.Module.Invoke("Add-BackupRepositoryKey second Reader -NewKeyFile ./second.key -Repository $repo");
        var changing = sandbox.Module.Cmdlets()
            .Where(cmdlet => cmdlet.ImplementingType.GetCustomAttribute<CmdletAttribute>()!.SupportsShouldProcess)
            .Select(cmdlet => cmdlet.Name);
        Assert.Equal(Calls.Keys.Order(StringComparer.Ordinal), changing.Order(StringComparer.Ordinal));

        foreach (string call in Calls.Values)
        {
            var before = sandbox.Picture();
            sandbox.Module.Invoke(call + " -WhatIf");
            sandbox.Module.Invoke($"& {{ $WhatIfPreference = $true; {call} }}");
            Assert.Equal(before, sandbox.Picture());
        }
    }

    [Fact]
    public void A_plan_that_cannot_be_carried_out_says_so()
    {
        Assert.Equal(["SourceNotFound"], sandbox.Module.Run("Backup-Database sqlite:nowhere.db -Repository $repo -WhatIf").ErrorCodes);
        Assert.Equal(["BackupNotFound"], sandbox.Module.Run("Restore-Database nobody -Repository $repo -TargetDatabase x.db -WhatIf").ErrorCodes);
    }
}
