using System.Management.Automation;

namespace DataResilience.PowerShell.Commands;

/// <summary>Tells what a restore would do, without doing it.</summary>
[Cmdlet(VerbsCommon.Get, "RestorePlan")]
[OutputType(typeof(RestorePlan))]
public sealed class GetRestorePlanCommand : RestoreCmdlet
{
    /// <inheritdoc />
    protected override void ProcessBackup()
    {
        var request = new GetRestorePlanRequest
        {
            Backup = Backup,
            Database = Database,
            Target = ComposeTarget(),
            Table = Table,
            ExcludeTable = ExcludeTable,
            SchemaOnly = SchemaOnly,
            DataOnly = DataOnly,
            Replace = Replace,
            NoOwner = NoOwner,
            NoPrivileges = NoPrivileges,
            IncludeRoles = IncludeRoles,
        };
        var plan = Run<RestorePlan>(request, Backup?.Repository);
        Remember(plan.Repository);
        WriteObject(plan);
    }
}
