using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using DataResilience.PowerShell.Arguments;

namespace DataResilience.PowerShell.Completion;

/// <summary>
/// What is known while a parameter is typed: the parameters before it, $PSDefaultParameterValues and the environment.
/// </summary>
internal sealed class CompletionContext
{
    private const string TargetPrefix = "Target";

    private readonly string command;
    private readonly string parameter;
    private readonly IDictionary bound;
    private readonly CommandAst? ast;
    private readonly SessionState session;

    /// <summary>Looks at the command line.</summary>
    /// <param name="command">The command's name.</param>
    /// <param name="parameter">The parameter that is being typed.</param>
    /// <param name="bound">The parameters that stand on the command line.</param>
    /// <param name="ast">The command where it stands.</param>
    public CompletionContext(string command, string parameter, IDictionary bound, CommandAst? ast)
    {
        this.command = command;
        this.parameter = parameter;
        this.bound = bound;
        this.ast = ast;
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

    /// <summary>The endpoint that the command line names: the target for a parameter of the target, otherwise the source.</summary>
    /// <returns>The endpoint; null where none is named, or where its credential is not at hand.</returns>
    public DatabaseEndpoint? Endpoint()
    {
        string prefix = parameter.StartsWith(TargetPrefix, StringComparison.OrdinalIgnoreCase) ? TargetPrefix : "";
        object? credential = Value($"{prefix}Credential");
        object? uri = prefix.Length > 0 ? Value(TargetPrefix) : Value("Source") ?? Piped();
        var parts = new EndpointParts
        {
            Uri = EndpointArgument.From(uri),
            Engine = Of<DatabaseEngine>($"{prefix}Engine"),
            Server = Text($"{prefix}Server"),
            Port = Of<int>($"{prefix}Port"),
            Database = $"{prefix}Database".Equals(parameter, StringComparison.OrdinalIgnoreCase) ? null : Text($"{prefix}Database"),
            Credential = Unwrapped.Of(credential) as PSCredential,
        };
        return (uri is not null && parts.Uri is null) || (credential is not null && parts.Credential is null) ? null : parts.Compose(session);
    }

    /// <summary>A parameter of the command line, or its default.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <returns>Its value; null where it has none.</returns>
    public object? Value(string name) => bound.Contains(name) ? bound[name] : Default(name);

    /// <summary>A parameter of the command line as text.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <returns>Its text; null where it has none.</returns>
    public string? Text(string name) => Value(name)?.ToString() is { Length: > 0 } text ? text : null;

    private static SessionState CurrentSession()
    {
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        return ((EngineIntrinsics)shell.AddScript("$ExecutionContext").Invoke()[0].BaseObject).SessionState;
    }

    private T? Of<T>(string name)
        where T : struct => LanguagePrimitives.TryConvertTo(Value(name), CultureInfo.InvariantCulture, out T value) && Value(name) is not null ? value : null;

    // What comes through the pipe, where it is at hand: a command before this one is not run for it.
    private object? Piped() => ast?.Parent is PipelineAst { PipelineElements: [CommandExpressionAst before, var self, ..] } && self == ast
        ? before.Expression switch
        {
            VariableExpressionAst variable => session.PSVariable.GetValue(variable.VariablePath.UserPath),
            StringConstantExpressionAst text => text.Value,
            _ => null,
        }
        : null;

    private object? Default(string name)
    {
        if (session.PSVariable.GetValue("PSDefaultParameterValues") is not IDictionary defaults)
        {
            return null;
        }

        string full = $"{command}:{name}";
        return defaults.Keys.OfType<string>()
            .Where(key => new WildcardPattern(key, WildcardOptions.IgnoreCase).IsMatch(full))
            .Select(key => defaults[key])
            .FirstOrDefault();
    }
}
