using System.Management.Automation;
using System.Management.Automation.Runspaces;
using DataResilience.Testing;

namespace DataResilience.PowerShell.Tests;

/// <summary>A runspace of the real engine that has imported the staged module.</summary>
public sealed class StagedModule : IDisposable
{
    public StagedModule()
    {
        Runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        Runspace.Open();
        Invoke("Import-Module -Name $args[0] -ErrorAction Stop", Path.Combine(RepositoryLayout.Module, "DataResilience.psd1"));
    }

    public Runspace Runspace { get; }

    /// <summary>Runs a script that must not write an error.</summary>
    public IReadOnlyList<PSObject> Invoke(string script, params object[] arguments)
    {
        var run = Run(script, arguments);
        Assert.Empty(run.Errors.Select(error => $"{error.FullyQualifiedErrorId}: {error}"));
        return run.Output;
    }

    /// <summary>Runs a script, whatever becomes of it.</summary>
    public ShellRun Run(string script, params object[] arguments)
    {
        using var shell = Shell(script, arguments);
        var output = new PSDataCollection<PSObject>();
        var errors = new List<ErrorRecord>();
        try
        {
            shell.Invoke(null, output, null);
        }
        catch (RuntimeException thrown)
        {
            errors.Add(thrown.ErrorRecord);
        }

        return new ShellRun([.. output], [.. shell.Streams.Error, .. errors], [.. shell.Streams.Progress]);
    }

    /// <summary>A script that is not running yet.</summary>
    public System.Management.Automation.PowerShell Shell(string script, params object[] arguments)
    {
        var shell = System.Management.Automation.PowerShell.Create(Runspace);
        shell.AddScript(script);
        foreach (object argument in arguments)
        {
            shell.AddArgument(argument);
        }

        return shell;
    }

    /// <summary>The cmdlets that the module exports.</summary>
    public IReadOnlyList<CmdletInfo> Cmdlets() =>
        [.. Invoke("Get-Command -Module DataResilience").Select(command => (CmdletInfo)command.BaseObject)];

    public void Dispose() => Runspace.Dispose();
}
