using System.Management.Automation;
using DataResilience.PowerShell.Arguments;
using DataResilience.PowerShell.Completion;
using static DataResilience.PowerShell.Commands.ISourceParameters;

namespace DataResilience.PowerShell.Commands;

/// <summary>Lists databases that can be backed up.</summary>
[Cmdlet(VerbsCommon.Get, "Database", DefaultParameterSetName = SourceSet)]
[OutputType(typeof(Database))]
public sealed class GetDatabaseCommand : PipedCmdlet, ISourceParameters
{
    /// <summary>Where to look.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = SourceSet,
        HelpMessage = "Where to look: an endpoint URI of a server, a database, or for SQLite a file or a directory; or a file from Get-Item.")]
    [EndpointTransformation]
    public EndpointArgument? Source { get; set; }

    /// <summary>The engine.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PartsSet, HelpMessage = EngineHelp)]
    public DatabaseEngine? Engine { get; set; }

    /// <summary>The server.</summary>
    [Parameter(ParameterSetName = PartsSet, HelpMessage = ServerHelp)]
    [ValidateNotNullOrEmpty]
    public string? Server { get; set; }

    /// <summary>The port.</summary>
    [Parameter(ParameterSetName = PartsSet, HelpMessage = PortHelp)]
    [ValidateRange(1, 65535)]
    public int? Port { get; set; }

    /// <summary>The database.</summary>
    [Parameter(ParameterSetName = PartsSet, HelpMessage = "The name of one database; for SQLite, the path of a file or a directory.")]
    [ArgumentCompleter(typeof(ServerDatabaseCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Database { get; set; }

    /// <summary>The user and password.</summary>
    [Parameter(HelpMessage = "The user and the password for the server. The objects that are emitted carry them along.")]
    public PSCredential? Credential { get; set; }

    /// <summary>Names.</summary>
    [Parameter(HelpMessage = "Names of databases, wildcards allowed. Left out, all are listed.")]
    [ArgumentCompleter(typeof(SourceNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>How closely to look.</summary>
    [Parameter(HelpMessage = "How closely to look: Names lists without connecting to each database, Counts counts the tables, Tables names them too.")]
    public DatabaseDetail Detail { get; set; } = new GetDatabaseRequest().Detail;

    /// <inheritdoc />
    protected override void ProcessObject()
    {
        var source = EndpointParts.OfSource(this).Compose(SessionState);
        WriteObject(Run(new GetDatabaseRequest { Source = source, Name = Name, Detail = Detail }), enumerateCollection: true);
    }
}
