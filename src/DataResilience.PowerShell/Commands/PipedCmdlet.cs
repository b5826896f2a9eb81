namespace DataResilience.PowerShell.Commands;

/// <summary>A cmdlet that does its work for each object it receives, or once where there is no pipe.</summary>
public abstract class PipedCmdlet : DataResilienceCmdlet
{
    private bool hasReceived;

    /// <summary>The work for one object; its failure does not keep the next from being done.</summary>
    protected abstract void ProcessObject();

    /// <inheritdoc />
    protected sealed override void ProcessRecord()
    {
        hasReceived = true;
        Attempt(ProcessObject);
    }

    /// <summary>A filter before this cmdlet that let nothing through must not look like success.</summary>
    protected override void EndProcessing()
    {
        if (MyInvocation.ExpectingInput && !hasReceived)
        {
            Report(Errors.NothingMatched.Create($"what stands before {MyInvocation.MyCommand.Name}: no usable object came through the pipe"));
        }
    }
}
