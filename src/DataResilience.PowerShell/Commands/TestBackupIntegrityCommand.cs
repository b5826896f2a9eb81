using System.Management.Automation;

namespace DataResilience.PowerShell.Commands;

/// <summary>Verifies backups.</summary>
[Cmdlet(VerbsDiagnostic.Test, "BackupIntegrity", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(BackupIntegrity), typeof(bool))]
public sealed class TestBackupIntegrityCommand : TargetCmdlet
{
    private bool isValid = true;

    /// <summary>How deep to go.</summary>
    [Parameter(HelpMessage = "How deep to go: Catalog looks whether everything is there, Checksum reads every byte, Restore also restores to a target, compares and drops it.")]
    public IntegrityLevel Level { get; set; } = new TestBackupIntegrityRequest().Level;

    /// <summary>Leaves owners out of a drill.</summary>
    [Parameter(HelpMessage = "At level Restore: leaves everything to the user who restores, instead of the owners it had, whom the target's server may lack.")]
    [Alias("StripDefiner")]
    public SwitchParameter NoOwner { get; set; }

    /// <summary>Leaves privileges out of a drill.</summary>
    [Parameter(HelpMessage = "At level Restore: leaves out privileges, that is GRANT and REVOKE.")]
    public SwitchParameter NoPrivileges { get; set; }

    /// <summary>How many workers.</summary>
    [Parameter(HelpMessage = "How many workers read and check at once, 1 to 64. Left out, the machine decides.")]
    [ValidateRange(1, 64)]
    public int? ThrottleLimit { get; set; }

    /// <summary>Answers with one bool.</summary>
    [Parameter(HelpMessage = "Answers with a single true or false for the whole call: true only if everything asked for was read and is right.")]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Quiet && Level == IntegrityLevel.Catalog)
        {
            Report(Errors.ArgumentInvalid.Create("-Quiet", "level Catalog reads no chunk, so that it finds damage but can never say that a backup is right"));
        }
    }

    /// <summary>With -Quiet nothing ends the call without its answer: a script's "if not" would otherwise be passed over.</summary>
    /// <param name="failure">What failed.</param>
    /// <returns>True to end the call.</returns>
    protected override bool EndsTheCall(DataResilienceException failure)
    {
        isValid = false;
        return !Quiet && base.EndsTheCall(failure);
    }

    /// <inheritdoc />
    protected override void ProcessBackup()
    {
        var request = new TestBackupIntegrityRequest
        {
            Backup = Backup,
            Database = Database,
            Level = Level,
            Target = ComposeTarget(),
            NoOwner = NoOwner,
            NoPrivileges = NoPrivileges,
            ThrottleLimit = ThrottleLimit,
        };
        if (!Approve<IReadOnlyList<BackupIntegrity>>(request, TargetText(request), $"Verify at level {Level}", Backup?.Repository))
        {
            isValid = false;
            return;
        }

        Write(Run<IReadOnlyList<BackupIntegrity>>(request, Backup?.Repository));
    }

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (Quiet)
        {
            WriteObject(isValid);
        }
    }

    private string TargetText(TestBackupIntegrityRequest request) =>
        request.Target?.ToString() ?? (Backup is null && Database is null ? Repository?.Location ?? "the repository" : BackupText());

    private void Write(IReadOnlyList<BackupIntegrity> findings)
    {
        isValid &= findings.Count > 0 && findings.All(finding => finding.IsValid == true);
        if (findings.Count > 0)
        {
            Remember(findings[0].Repository);
        }

        if (!Quiet)
        {
            WriteObject(findings, enumerateCollection: true);
        }
    }
}
