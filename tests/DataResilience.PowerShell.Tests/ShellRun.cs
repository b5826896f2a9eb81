using System.Management.Automation;

namespace DataResilience.PowerShell.Tests;

/// <summary>What a script left on its streams.</summary>
public sealed record ShellRun(IReadOnlyList<PSObject> Output, IReadOnlyList<ErrorRecord> Errors, IReadOnlyList<ProgressRecord> Progress)
{
    /// <summary>The error codes, without the class that PowerShell appends to them.</summary>
    public IReadOnlyList<string> ErrorCodes => [.. Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0])];

    /// <summary>The one object that came out.</summary>
    public T Single<T>() => (T)Assert.Single(Output).BaseObject;
}
