using System.Management.Automation;
using DataResilience.PowerShell.Arguments;

namespace DataResilience.PowerShell.Commands;

/// <summary>A cmdlet about a repository as a whole, which therefore comes first on the command line and through the pipe.</summary>
public abstract class WholeRepositoryCmdlet : RepositoryCmdlet
{
    /// <summary>The repository.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true,
        HelpMessage = "The repository: its location, or an object from Get-BackupRepository. The variable DATARESILIENCE_REPOSITORY counts where it is left out.")]
    [RepositoryTransformation]
    public override RepositoryReference? Repository { get; set; }
}
