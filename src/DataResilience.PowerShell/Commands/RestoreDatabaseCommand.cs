using System.Management.Automation;
using DataResilience.PowerShell.Arguments;
using DataResilience.PowerShell.Pipeline;

namespace DataResilience.PowerShell.Commands;

/// <summary>Restores a backup to a target.</summary>
[Cmdlet(VerbsData.Restore, "Database", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(RestoreResult))]
public sealed class RestoreDatabaseCommand : RestoreCmdlet
{
    private readonly HashSet<string> targets = new(
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    private readonly ReplaceQuestion question = new();

    /// <summary>How many workers.</summary>
    [Parameter(HelpMessage = "How many workers read and open chunks at once, 1 to 64. Left out, the machine decides.")]
    [ValidateRange(1, 64)]
    public int? ThrottleLimit { get; set; }

    /// <summary>How long to wait for a lock.</summary>
    [Parameter(HelpMessage = "How long to wait for a lock in the target, for example 90s or 5m.")]
    [DurationTransformation]
    public TimeSpan LockTimeout { get; set; } = new RestoreDatabaseRequest().LockTimeout;

    /// <summary>Asks no question before replacing.</summary>
    [Parameter(HelpMessage = "Asks no question before it replaces. It does not consent to replacing: that is what -Replace is for.")]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc />
    protected override bool EndsTheCall(DataResilienceException failure) =>
        failure?.ErrorCode == nameof(Errors.TargetRequired) || base.EndsTheCall(failure!);

    /// <inheritdoc />
    protected override void ProcessBackup()
    {
        var target = ComposeTarget() ?? throw Errors.TargetRequired.Create(BackupText());
        if (!targets.Add(target.ToString()))
        {
            throw Errors.DuplicateTarget.Create(target);
        }

        var request = Request(target);
        if (!Approve<RestoreResult>(request, target.ToString(), $"Restore {BackupText()}", Backup?.Repository) || !ApproveReplacing(target))
        {
            return;
        }

        var result = Run<RestoreResult>(request, Backup?.Repository);
        Remember(result.Repository);
        WriteObject(result);
    }

    // Whoever gave -Confirm, true or false, has decided how to be asked: ShouldProcess has seen to it.
    private bool ApproveReplacing(DatabaseEndpoint target) =>
        !Replace || Force || Approval.IsConfirmGiven(this) || question.Ask(this, target);

    private RestoreDatabaseRequest Request(DatabaseEndpoint target) => new()
    {
        Backup = Backup,
        Database = Database,
        Target = target,
        Table = Table,
        ExcludeTable = ExcludeTable,
        SchemaOnly = SchemaOnly,
        DataOnly = DataOnly,
        Replace = Replace,
        NoOwner = NoOwner,
        NoPrivileges = NoPrivileges,
        IncludeRoles = IncludeRoles,
        ThrottleLimit = ThrottleLimit,
        LockTimeout = LockTimeout,
    };
}
