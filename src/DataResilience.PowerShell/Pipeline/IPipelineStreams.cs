namespace DataResilience.PowerShell.Pipeline;

/// <summary>What the pump writes to, always on the pipeline's own thread. Any call may throw: the pipeline may be over.</summary>
internal interface IPipelineStreams
{
    /// <summary>Shows how far the call, or one part of it, is.</summary>
    void Progress(ShownProgress progress);

    /// <summary>Writes to the verbose stream.</summary>
    void Verbose(string message);

    /// <summary>Writes to the debug stream.</summary>
    void Debug(string message);

    /// <summary>Writes to the warning stream.</summary>
    void Warning(string message);
}
