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

    public IReadOnlyList<PSObject> Invoke(string script, params object[] arguments)
    {
        using var shell = System.Management.Automation.PowerShell.Create(Runspace);
        shell.AddScript(script);
        foreach (var argument in arguments)
        {
            shell.AddArgument(argument);
        }

        var results = shell.Invoke();
        Assert.Empty(shell.Streams.Error);
        return results;
    }

    public void Dispose() => Runspace.Dispose();
}
