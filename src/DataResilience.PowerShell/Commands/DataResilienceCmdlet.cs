using System.Management.Automation;
using DataResilience.PowerShell.Loading;
using DataResilience.PowerShell.Pipeline;

namespace DataResilience.PowerShell.Commands;

/// <summary>What every cmdlet of the module stands on: the pump that runs asynchronous work, and the error mapper.</summary>
public abstract class DataResilienceCmdlet : PSCmdlet, IDisposable
{
    private readonly StopSignal stop = new();

    /// <summary>Stops the work and returns at once; the pipeline's thread waits until the work has cleaned up.</summary>
    protected override void StopProcessing() => stop.Give();

    /// <summary>Carries out a request.</summary>
    /// <typeparam name="TResult">The operation's result.</typeparam>
    /// <param name="request">What is asked.</param>
    /// <returns>The result.</returns>
    protected TResult Run<TResult>(IOperationRequest<TResult> request) =>
        Pump((engine, reporter, token) => engine.RunAsync(request, reporter, token));

    /// <summary>Says what a request would do, and changes nothing.</summary>
    /// <typeparam name="TResult">The operation's result.</typeparam>
    /// <param name="request">What is asked.</param>
    /// <returns>The plan.</returns>
    protected OperationPlan Plan<TResult>(IOperationRequest<TResult> request) =>
        Pump((engine, reporter, token) => engine.PlanAsync(request, reporter, token));

    /// <summary>Does what is to be done for one object and writes its failure, if it fails.</summary>
    /// <param name="work">What is to be done.</param>
    /// <returns>Whether it was done.</returns>
    protected bool Attempt(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            work();
            return true;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (OperationCanceledException cancelled)
        {
            Report(Errors.Cancelled.CreateFrom(cancelled, MyInvocation.MyCommand.Name));
        }
        catch (DataResilienceException failure)
        {
            Report(failure);
        }

        return false;
    }

    /// <summary>Whether a failure leaves nothing to be done for the objects that may follow.</summary>
    /// <param name="failure">What failed.</param>
    /// <returns>True to end the call.</returns>
    protected virtual bool EndsTheCall(DataResilienceException failure) => false;

    /// <summary>Writes a failure, or ends the call with it.</summary>
    /// <param name="failure">What failed.</param>
    protected void Report(DataResilienceException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        var record = ErrorMapper.ToRecord(failure);
        if (EndsTheCall(failure))
        {
            ThrowTerminatingError(record);
        }

        WriteError(record);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the cmdlet holds.</summary>
    /// <param name="disposing">True when called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            stop.Dispose();
        }
    }

    private T Pump<T>(Func<IOperations, IOperationReporter, CancellationToken, Task<T>> work)
    {
        string name = MyInvocation.MyCommand.Name;
        var pump = new OperationPump(new CmdletStreams(this), TimeProvider.System);
        return pump.Run(
            async (reporter, token) =>
            {
                // Only what the work throws is translated: what writing throws belongs to PowerShell.
                try
                {
                    return await work(EngineEntrance.Open(), reporter, token);
                }
                catch (Exception thrown) when (thrown is not OperationCanceledException)
                {
                    throw ErrorMapper.ToFailure(thrown, name);
                }
            },
            stop.Token);
    }
}
