using System.Management.Automation;
using DataResilience.PowerShell.Arguments;

namespace DataResilience.PowerShell.Commands;

/// <summary>
/// The parameters that name a source. No base class, as targets have one: the cmdlets that take a source stand on different
/// bases, with a repository and without, and PowerShell binds no property of an interface. So each declares
/// them, of what stands here once, and a test holds the declarations to each other.
/// </summary>
internal interface ISourceParameters
{
    /// <summary>The parameter set of a URI or an object.</summary>
    const string SourceSet = "Source";

    /// <summary>The parameter set of the single parts.</summary>
    const string PartsSet = "Parts";

    const string EngineHelp = "The engine of the database, where -Source is not given.";
    const string ServerHelp = "The host name or address of the server. SQLite has none.";
    const string PortHelp = "The TCP port of the server, 1 to 65535. Left out, it is the engine's default.";

    EndpointArgument? Source { get; }

    DatabaseEngine? Engine { get; }

    string? Server { get; }

    int? Port { get; }

    string? Database { get; }

    PSCredential? Credential { get; }
}
