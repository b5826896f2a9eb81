namespace DataResilience.MySql;

/// <summary>What undoes the steps of a change that the server does not do as one, the last first.</summary>
internal sealed class UndoList
{
    private readonly Stack<(string Step, Func<Task> Undo)> steps = new();

    /// <summary>Adds what undoes a step that was done, or is about to be.</summary>
    /// <param name="step">What is undone, for the user.</param>
    /// <param name="undo">Undoes it.</param>
    internal void Add(string step, Func<Task> undo) => steps.Push((step, undo));

    /// <summary>Undoes everything.</summary>
    /// <returns>What could not be undone; null where all is as it was.</returns>
    internal async Task<string?> RunAsync()
    {
        while (steps.TryPop(out (string Step, Func<Task> Undo) last))
        {
            try
            {
                await last.Undo();
            }
            catch (DataResilienceException failure)
            {
                string left = string.Join(", ", steps.Select(item => item.Step).Prepend(last.Step));
                steps.Clear();
                return $"{failure.Message.TrimEnd('.')}; not undone: {left}";
            }
        }

        return null;
    }
}
