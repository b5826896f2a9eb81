using DataResilience.Providers;

namespace DataResilience.Engine.Repository;

/// <summary>Reads and writes objects that are stored twice.</summary>
internal static class TwinObjects
{
    internal static async Task CreateAsync(IObjectStore store, string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await store.CreateOrMatchAsync(name, content, cancellationToken);
        await store.CreateOrMatchAsync(ObjectNames.CopyOf(name), content, cancellationToken);
    }

    /// <summary>Reads both copies.</summary>
    /// <returns>The first whole one, or none; and what is wrong with the copies.</returns>
    internal static async Task<TwinObject<T>> ReadAsync<T>(
        IObjectStore store, string name, Func<byte[], T> open, CancellationToken cancellationToken)
        where T : class
    {
        Copy<T> original = await ReadCopyAsync(store, name, open, cancellationToken);
        Copy<T> second = await ReadCopyAsync(store, ObjectNames.CopyOf(name), open, cancellationToken);
        if (original.Problem is null && second.Problem is null && !original.Bytes.AsSpan().SequenceEqual(second.Bytes))
        {
            second = second with { Problem = Problem(ObjectNames.CopyOf(name), ProblemKind.Mismatch, "the bytes of its original", "other bytes") };
        }

        Copy<T> whole = original.Problem is null ? original : second;
        bool recoverable = whole.Problem is null;
        IntegrityProblem[] problems = [.. new[] { original.Problem, second.Problem }.OfType<IntegrityProblem>().Select(problem => problem with { Recoverable = recoverable })];
        return new TwinObject<T>(recoverable ? whole.Value : null, recoverable ? whole.Bytes! : [], problems)
        {
            Unsupported = second.Unsupported is null ? null : original.Unsupported,
        };
    }

    private static async Task<Copy<T>> ReadCopyAsync<T>(IObjectStore store, string place, Func<byte[], T> open, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            byte[]? bytes = await store.ReadWholeAsync(place, cancellationToken);
            return bytes is null
                ? new Copy<T>(null, null, Problem(place, ProblemKind.Missing, "an object", "nothing"))
                : new Copy<T>(bytes, open(bytes), null);
        }
        catch (DataResilienceException damage) when (damage.Kind is ErrorKind.Damaged or ErrorKind.Unsupported)
        {
            return new Copy<T>(null, null, Problem(place, ProblemKind.Corrupt, "the bytes that were signed", damage.Message))
            {
                Unsupported = damage.Kind == ErrorKind.Unsupported ? damage : null,
            };
        }
    }

    private static IntegrityProblem Problem(string place, ProblemKind kind, string expected, string actual) =>
        new() { Object = place, Kind = kind, Expected = expected, Actual = actual, Recoverable = false };

    private sealed record Copy<T>(byte[]? Bytes, T? Value, IntegrityProblem? Problem)
        where T : class
    {
        public DataResilienceException? Unsupported { get; init; }
    }
}
