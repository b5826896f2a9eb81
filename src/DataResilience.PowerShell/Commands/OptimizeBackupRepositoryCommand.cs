using System.Management.Automation;

namespace DataResilience.PowerShell.Commands;

/// <summary>Reports what no backup needs, and rebuilds the index from the packs.</summary>
[Cmdlet(VerbsCommon.Optimize, "BackupRepository", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(RepositoryOptimization))]
public sealed class OptimizeBackupRepositoryCommand : WholeRepositoryCmdlet
{
    /// <summary>Rebuilds the index.</summary>
    [Parameter(HelpMessage = "Rebuilds the index from the packs. Without it the repository is only looked at and nothing is changed.")]
    public SwitchParameter RebuildIndex { get; set; }

    /// <inheritdoc />
    protected override void ProcessObject()
    {
        var request = new OptimizeBackupRepositoryRequest { RebuildIndex = RebuildIndex };
        if (!RebuildIndex || Approve<RepositoryOptimization>(
            request, Repository?.Location ?? "the repository", "Rebuild the index from the packs"))
        {
            WriteObject(Run<RepositoryOptimization>(request));
        }
    }
}
