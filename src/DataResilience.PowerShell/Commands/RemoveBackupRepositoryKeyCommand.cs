using System.Management.Automation;
using DataResilience.PowerShell.Arguments;
using DataResilience.PowerShell.Completion;

namespace DataResilience.PowerShell.Commands;

/// <summary>Removes a key from a repository.</summary>
[Cmdlet(VerbsCommon.Remove, "BackupRepositoryKey", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(BackupRepositoryKey))]
public sealed class RemoveBackupRepositoryKeyCommand : RepositoryCmdlet
{
    /// <summary>The repository.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "The repository: its location, or an object from Get-BackupRepository. A key from Get-BackupRepositoryKey brings its own.")]
    [RepositoryTransformation]
    public override RepositoryReference? Repository { get; set; }

    /// <summary>The name or id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, HelpMessage = "The name or the id of the key to remove.")]
    [ArgumentCompleter(typeof(KeyNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>Leaves the keys of the repository as they are.</summary>
    [Parameter(HelpMessage = "Leaves the repository's own keys as they are. Whoever kept a copy of the removed key can then read what is written later, too.")]
    public SwitchParameter KeepGeneration { get; set; }

    /// <summary>Emits what was removed.</summary>
    [Parameter(HelpMessage = "Emits the key that was removed. Otherwise nothing is emitted.")]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    protected override void ProcessObject()
    {
        var request = new RemoveBackupRepositoryKeyRequest { Name = Name, KeepGeneration = KeepGeneration };
        if (!Approve<BackupRepositoryKey>(request, Name, "Remove the key"))
        {
            return;
        }

        var removed = Run<BackupRepositoryKey>(request);
        if (PassThru)
        {
            WriteObject(removed);
        }
    }
}
