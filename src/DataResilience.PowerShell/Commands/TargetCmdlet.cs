using System.Management.Automation;
using DataResilience.PowerShell.Arguments;
using DataResilience.PowerShell.Completion;

namespace DataResilience.PowerShell.Commands;

/// <summary>
/// A cmdlet that restores to a target. Of its parameters only -TargetDatabase binds by property name: a backup's own
/// Server and Database would otherwise become the target, and a restore would overwrite what was backed up.
/// </summary>
public abstract class TargetCmdlet : BackupCmdlet
{
    /// <summary>The target.</summary>
    [Parameter(HelpMessage = "Where to restore to: an endpoint URI such as sqlite:copy.db, or an object from Get-Database. With -TargetDatabase, the server or directory of it.")]
    [EndpointTransformation]
    public EndpointArgument? Target { get; set; }

    /// <summary>The engine of the target.</summary>
    [Parameter(HelpMessage = "The engine of the target, where -Target is not given. Without a server it is SQLite.")]
    public DatabaseEngine? TargetEngine { get; set; }

    /// <summary>The server of the target.</summary>
    [Parameter(HelpMessage = "The host name or address of the target's server. A SQLite target has none.")]
    [ValidateNotNullOrEmpty]
    public string? TargetServer { get; set; }

    /// <summary>The port of the target's server.</summary>
    [Parameter(HelpMessage = "The TCP port of the target's server, 1 to 65535. Left out, it is the engine's default.")]
    [ValidateRange(1, 65535)]
    public int? TargetPort { get; set; }

    /// <summary>The database of the target.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true,
        HelpMessage = "The name of the database to restore to; for SQLite, the path of its file. A script block is run for each backup: { \"$($_.Database)_copy\" }.")]
    [ArgumentCompleter(typeof(ServerDatabaseCompleter))]
    [ValidateNotNullOrEmpty]
    public string? TargetDatabase { get; set; }

    /// <summary>The user and password for the target.</summary>
    [Parameter(HelpMessage = "The user and the password for the target's server.")]
    public PSCredential? TargetCredential { get; set; }

    /// <summary>The target that the parameters make.</summary>
    /// <returns>The target; null where none was given.</returns>
    protected DatabaseEndpoint? ComposeTarget() =>
        new EndpointParts
        {
            Uri = Target,
            Engine = TargetEngine,
            Server = TargetServer,
            Port = TargetPort,
            Database = TargetDatabase,
            Credential = TargetCredential,
        }.Compose(SessionState);
}
