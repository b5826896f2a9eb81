namespace DataResilience;

/// <summary>Whom an operation tells what it does. Called from any thread; an implementation must not block for long.</summary>
public interface IOperationReporter
{
    /// <summary>How far the operation, or one part of it, is.</summary>
    /// <param name="progress">The state now.</param>
    void Progress(OperationProgress progress);

    /// <summary>What an administrator wants to follow.</summary>
    /// <param name="message">A sentence without secrets.</param>
    void Verbose(string message);

    /// <summary>What helps to find a fault: statements, retries, timings.</summary>
    /// <param name="message">A sentence without secrets.</param>
    void Debug(string message);

    /// <summary>What is wrong but does not end the operation.</summary>
    /// <param name="message">A sentence without secrets, with what to do.</param>
    void Warning(string message);
}
