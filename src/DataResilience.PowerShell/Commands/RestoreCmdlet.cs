using System.Management.Automation;
using DataResilience.PowerShell.Completion;

namespace DataResilience.PowerShell.Commands;

/// <summary>What a restore and its plan have in common.</summary>
public abstract class RestoreCmdlet : TargetCmdlet
{
    /// <summary>Tables to restore.</summary>
    [Parameter(HelpMessage = "The tables to restore, wildcards allowed, each with its own indexes, triggers and constraints. Left out, all are restored.")]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Table { get; set; } = [];

    /// <summary>Tables to leave out.</summary>
    [Parameter(HelpMessage = "The tables to leave out, wildcards allowed.")]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] ExcludeTable { get; set; } = [];

    /// <summary>Restores no rows.</summary>
    [Parameter(HelpMessage = "Restores the schema alone, without a row.")]
    public SwitchParameter SchemaOnly { get; set; }

    /// <summary>Restores rows alone.</summary>
    [Parameter(HelpMessage = "Restores rows alone, into tables that exist in the target and have the same columns.")]
    public SwitchParameter DataOnly { get; set; }

    /// <summary>Consents to replacing what is there.</summary>
    [Parameter(HelpMessage = "Consents to replacing what is at the target: the database, or with -Table the chosen tables in it. It happens after the restored copy was proved.")]
    public SwitchParameter Replace { get; set; }

    /// <summary>Leaves owners out.</summary>
    [Parameter(HelpMessage = "Leaves everything to the user who restores, instead of the owners, or DEFINERs, it had. SQLite has no owners.")]
    [Alias("StripDefiner")]
    public SwitchParameter NoOwner { get; set; }

    /// <summary>Leaves privileges out.</summary>
    [Parameter(HelpMessage = "Leaves out privileges, that is GRANT and REVOKE. SQLite has none.")]
    public SwitchParameter NoPrivileges { get; set; }

    /// <summary>Creates roles.</summary>
    [Parameter(HelpMessage = "Creates the roles, or users, that the backup holds and the target's server lacks, with their passwords where the backup has those. Take the backup with -IncludeRoles, too.")]
    [Alias("IncludeUsers")]
    public SwitchParameter IncludeRoles { get; set; }
}
