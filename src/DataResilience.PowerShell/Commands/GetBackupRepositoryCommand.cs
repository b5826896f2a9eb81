using System.Management.Automation;

namespace DataResilience.PowerShell.Commands;

/// <summary>Opens a repository and tells what it holds.</summary>
[Cmdlet(VerbsCommon.Get, "BackupRepository")]
[OutputType(typeof(BackupRepository))]
public sealed class GetBackupRepositoryCommand : WholeRepositoryCmdlet
{
    /// <inheritdoc />
    protected override void ProcessObject() => WriteObject(Run<BackupRepository>(new GetBackupRepositoryRequest()));
}
