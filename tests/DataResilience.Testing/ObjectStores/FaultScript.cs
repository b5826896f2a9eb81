namespace DataResilience.Testing.ObjectStores;

/// <summary>Says which calls of a store go wrong, and how. Calls are counted from 1, in the order in which they come.</summary>
public sealed class FaultScript
{
    private readonly Lock gate = new();
    private readonly List<Line> lines = [];

    /// <summary>Adds a fault at the n-th call of one kind.</summary>
    /// <param name="call">The kind.</param>
    /// <param name="number">Which of them, from 1.</param>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="prefix">Counts only calls for names (or listed prefixes) that begin with this.</param>
    /// <returns>This script.</returns>
    public FaultScript At(StoreCall call, int number, StoreFault fault, string prefix = "") =>
        Add(new Line(asked => asked == call, prefix, number, fault));

    /// <summary>Adds a fault at the n-th call of any kind.</summary>
    /// <param name="number">Which of them, from 1.</param>
    /// <param name="fault">What goes wrong.</param>
    /// <returns>This script.</returns>
    public FaultScript AtAny(int number, StoreFault fault) => Add(new Line(_ => true, "", number, fault));

    /// <summary>Adds a fault at the n-th call that changes the store.</summary>
    /// <param name="number">Which of them, from 1.</param>
    /// <param name="fault">What goes wrong.</param>
    /// <returns>This script.</returns>
    public FaultScript AtChange(int number, StoreFault fault) =>
        Add(new Line(asked => asked is StoreCall.Create or StoreCall.Delete, "", number, fault));

    /// <summary>Adds a fault at every call of one kind.</summary>
    /// <param name="call">The kind.</param>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="prefix">Only calls for names (or listed prefixes) that begin with this.</param>
    /// <returns>This script.</returns>
    public FaultScript Always(StoreCall call, StoreFault fault, string prefix = "") =>
        Add(new Line(asked => asked == call, prefix, 0, fault));

    internal StoreFault? Next(StoreCall call, string name)
    {
        lock (gate)
        {
            StoreFault? fault = null;
            foreach (Line line in lines)
            {
                fault = line.Meets(call, name) ? fault ?? line.Fault : fault;
            }

            return fault;
        }
    }

    private FaultScript Add(Line line)
    {
        lock (gate)
        {
            lines.Add(line);
        }

        return this;
    }

    private sealed class Line(Func<StoreCall, bool> applies, string prefix, int number, StoreFault fault)
    {
        private int calls;

        public StoreFault Fault => fault;

        public bool Meets(StoreCall call, string name) =>
            applies(call) && name.StartsWith(prefix, StringComparison.Ordinal) && (++calls == number || number == 0);
    }
}
