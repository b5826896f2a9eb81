namespace DataResilience.Testing.ObjectStores;

/// <summary>What goes wrong with one call of a store.</summary>
public abstract record StoreFault
{
    private StoreFault()
    {
    }

    /// <summary>The process dies before the call: it and every later call throws <see cref="SimulatedCrashException"/>.</summary>
    public static StoreFault Crash { get; } = new CrashBefore();

    /// <summary>The process dies right after the call was carried out.</summary>
    public static StoreFault CrashAfter { get; } = new CrashedAfter();

    /// <summary>The call is carried out, and then the store is unreachable: the caller cannot know what happened.</summary>
    public static StoreFault LoseReply { get; } = new LostReply();

    /// <summary>The store is full, for this call.</summary>
    public static StoreFault Full { get; } = new Failure(() => Errors.StoreFull.Create("faulting store"));

    /// <summary>The store does not answer, for this call.</summary>
    public static StoreFault Unreachable { get; } = new Failure(() => Errors.StoreUnreachable.Create("faulting store", "it does not answer"));

    /// <summary>The call is not carried out and throws.</summary>
    public static StoreFault Throw(Func<Exception> exception) => new Failure(exception);

    /// <summary>A read gives fewer bytes, as if the object ended there.</summary>
    public static StoreFault Truncate(int keptBytes) => new Truncation(keptBytes);

    /// <summary>One bit of what is read is another.</summary>
    public static StoreFault FlipBit(long bit) => new BitFlip(bit);

    internal sealed record CrashBefore : StoreFault;

    internal sealed record CrashedAfter : StoreFault;

    internal sealed record LostReply : StoreFault;

    internal sealed record Failure(Func<Exception> Exception) : StoreFault;

    internal sealed record Truncation(int KeptBytes) : StoreFault;

    internal sealed record BitFlip(long Bit) : StoreFault;
}
