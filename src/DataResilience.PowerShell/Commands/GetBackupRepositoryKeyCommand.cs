using System.Management.Automation;
using DataResilience.PowerShell.Arguments;
using DataResilience.PowerShell.Completion;

namespace DataResilience.PowerShell.Commands;

/// <summary>Lists the keys of a repository.</summary>
[Cmdlet(VerbsCommon.Get, "BackupRepositoryKey")]
[OutputType(typeof(BackupRepositoryKey))]
public sealed class GetBackupRepositoryKeyCommand : RepositoryCmdlet
{
    /// <summary>The repository.</summary>
    [Parameter(ValueFromPipeline = true, HelpMessage = "The repository: its location, or an object from Get-BackupRepository. The variable DATARESILIENCE_REPOSITORY counts where it is left out.")]
    [RepositoryTransformation]
    public override RepositoryReference? Repository { get; set; }

    /// <summary>Names or ids.</summary>
    [Parameter(Position = 0, HelpMessage = "Names or ids of keys, wildcards allowed. Left out, all are listed.")]
    [ArgumentCompleter(typeof(KeyNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <inheritdoc />
    protected override void ProcessObject() =>
        WriteObject(Run<IReadOnlyList<BackupRepositoryKey>>(new GetBackupRepositoryKeyRequest { Name = Name }), enumerateCollection: true);
}
