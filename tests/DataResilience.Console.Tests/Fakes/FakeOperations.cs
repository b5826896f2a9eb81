namespace DataResilience.Console.Tests.Fakes;

/// <summary>Answers from a script, and remembers what it was asked.</summary>
internal sealed class FakeOperations : IOperations
{
    private readonly Queue<Func<object, object>> answers = new();

    public List<object> Requests { get; } = [];

    public List<object> Planned { get; } = [];

    public OperationPlan Plan { get; set; } = new("the target", "Do it", ["one detail"]);

    public Action<IOperationReporter> Report { get; set; } = _ => { };

    public FakeOperations Answer(object result)
    {
        answers.Enqueue(_ => result);
        return this;
    }

    public FakeOperations AnswerBy<TRequest>(Func<TRequest, object> answer)
    {
        answers.Enqueue(request => answer((TRequest)request));
        return this;
    }

    public FakeOperations Fail(Exception failure)
    {
        answers.Enqueue(_ => throw failure);
        return this;
    }

    public Task<OperationPlan> PlanAsync<TResult>(
        IOperationRequest<TResult> request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        Planned.Add(request);
        return Task.FromResult(Plan);
    }

    public async Task<TResult> RunAsync<TResult>(
        IOperationRequest<TResult> request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        Requests.Add(request);
        Report(reporter);
        return answers.Count > 0 ? (TResult)answers.Dequeue()(request) : throw new InvalidOperationException("no answer was scripted");
    }
}
