using System.Management.Automation;

namespace DataResilience.PowerShell.Commands;

/// <summary>Tries out whether a place does what a repository needs, and whether identity, keyring and keys are in order.</summary>
[Cmdlet(VerbsDiagnostic.Test, "BackupRepository", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(RepositoryCheck), typeof(bool))]
public sealed class TestBackupRepositoryCommand : WholeRepositoryCmdlet
{
    private bool isUsable = true;

    /// <summary>Answers with one bool.</summary>
    [Parameter(HelpMessage = "Answers with a single true or false for the whole call: false if any check failed or could not be made.")]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc />
    protected override bool EndsTheCall(DataResilienceException failure)
    {
        isUsable = false;
        return !Quiet && base.EndsTheCall(failure);
    }

    /// <inheritdoc />
    protected override void ProcessObject()
    {
        var request = new TestBackupRepositoryRequest();
        if (!Approve<IReadOnlyList<RepositoryCheck>>(
            request, Repository?.Location ?? "the repository", "Try out with objects that are removed again"))
        {
            isUsable = false;
            return;
        }

        var checks = Run<IReadOnlyList<RepositoryCheck>>(request);
        isUsable &= checks.All(check => check.Status != CheckStatus.Failed);
        if (!Quiet)
        {
            WriteObject(checks, enumerateCollection: true);
        }
    }

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (Quiet)
        {
            WriteObject(isUsable);
        }
    }
}
