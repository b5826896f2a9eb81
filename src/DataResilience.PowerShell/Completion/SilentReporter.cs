namespace DataResilience.PowerShell.Completion;

/// <summary>Tells nobody: while a person types there is no place for messages.</summary>
internal sealed class SilentReporter : IOperationReporter
{
    /// <inheritdoc />
    public void Progress(OperationProgress progress)
    {
    }

    /// <inheritdoc />
    public void Verbose(string message)
    {
    }

    /// <inheritdoc />
    public void Debug(string message)
    {
    }

    /// <inheritdoc />
    public void Warning(string message)
    {
    }
}
