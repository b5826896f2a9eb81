using System.Collections;
using System.Management.Automation;
using DataResilience.PowerShell.Arguments;

namespace DataResilience.PowerShell.Completion;

/// <summary>
/// What is known while a parameter is typed: the parameters before it, $PSDefaultParameterValues and the environment.
/// </summary>
internal sealed class CompletionContext
{
    private readonly string command;
    private readonly IDictionary bound;
    private readonly SessionState session;

    /// <summary>Looks at the command line.</summary>
    /// <param name="command">The command's name.</param>
    /// <param name="bound">The parameters that stand on the command line.</param>
    public CompletionContext(string command, IDictionary bound)
    {
        this.command = command;
        this.bound = bound;
        session = CurrentSession();
    }

    /// <summary>Fills a request with a repository that opens at once.</summary>
    /// <param name="request">The request.</param>
    /// <returns>
    /// The request; null where no repository is known or only a passphrase could open it: deriving its key takes about a second.
    /// </returns>
    public RepositoryRequest? InRepository(RepositoryRequest request)
    {
        object? given = Value("Repository") ?? Environment.GetEnvironmentVariable("DATARESILIENCE_REPOSITORY");
        string? keyFile = Value("KeyFile")?.ToString() ?? Environment.GetEnvironmentVariable("DATARESILIENCE_KEY_FILE");
        var repository = RepositoryArgument.From(given);
        bool isOpened = Unwrapped.Of(given) is BackupRepository;
        return repository is null || (!isOpened && string.IsNullOrEmpty(keyFile))
            ? null
            : request with
            {
                Repository = ProviderPath.Resolve(session, repository),
                KeyFile = isOpened ? null : ProviderPath.Resolve(session, keyFile!),
            };
    }

    /// <summary>A parameter of the command line, or its default.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <returns>Its value; null where it has none.</returns>
    public object? Value(string parameter) => bound.Contains(parameter) ? bound[parameter] : Default(parameter);

    /// <summary>A parameter of the command line as text.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <returns>Its text; null where it has none.</returns>
    public string? Text(string parameter) => Value(parameter)?.ToString() is { Length: > 0 } text ? text : null;

    private static SessionState CurrentSession()
    {
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        return ((EngineIntrinsics)shell.AddScript("$ExecutionContext").Invoke()[0].BaseObject).SessionState;
    }

    private object? Default(string parameter)
    {
        if (session.PSVariable.GetValue("PSDefaultParameterValues") is not IDictionary defaults)
        {
            return null;
        }

        string name = $"{command}:{parameter}";
        return defaults.Keys.OfType<string>()
            .Where(key => new WildcardPattern(key, WildcardOptions.IgnoreCase).IsMatch(name))
            .Select(key => defaults[key])
            .FirstOrDefault();
    }
}
