using System.Management.Automation;

namespace DataResilience.PowerShell.Pipeline;

/// <summary>The streams of a cmdlet.</summary>
internal sealed class CmdletStreams(Cmdlet cmdlet) : IPipelineStreams
{
    private const string NoStatus = "…";

    /// <inheritdoc />
    public void Progress(ShownProgress progress)
    {
        var state = progress.State;
        var record = new ProgressRecord(progress.Id, state.Part ?? state.Activity, state.Status.Length > 0 ? state.Status : NoStatus)
        {
            ParentActivityId = progress.Id == ShownProgress.RootId ? -1 : ShownProgress.RootId,
            PercentComplete = state.PercentComplete is { } percent ? Math.Clamp(percent, 0, 100) : -1,
            SecondsRemaining = state.Remaining is { } remaining ? (int)remaining.TotalSeconds : -1,
            RecordType = state.IsCompleted ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        };
        cmdlet.WriteProgress(record);
    }

    /// <inheritdoc />
    public void Verbose(string message) => cmdlet.WriteVerbose(message);

    /// <inheritdoc />
    public void Debug(string message) => cmdlet.WriteDebug(message);

    /// <inheritdoc />
    public void Warning(string message) => cmdlet.WriteWarning(message);
}
