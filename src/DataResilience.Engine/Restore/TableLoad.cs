using DataResilience.Engine.Chunking;
using DataResilience.Engine.Operations;

namespace DataResilience.Engine.Restore;

/// <summary>Adds up the parts of a table while they are loaded; with the last one the table must be whole. Safe to call from any thread.</summary>
internal sealed class TableLoad(ChosenTable table, int parts, WorkProgress progress)
{
    private readonly Lock gate = new();
    private int left = parts;
    private long given;
    private long loaded;
    private RowDigest digest;

    /// <summary>Rows were given to a loader.</summary>
    internal void Give(long rows) =>
        progress.Add(table.Table.QualifiedName, rows, $"{Interlocked.Add(ref given, rows)} of {table.Table.Rows} rows");

    /// <summary>A part is loaded.</summary>
    /// <exception cref="DataResilienceException"><c>RestoreMismatch</c>.</exception>
    internal void End(long partLoaded, RowDigest partDigest)
    {
        lock (gate)
        {
            loaded += partLoaded;
            digest += partDigest;
            left--;
            if (left > 0)
            {
                return;
            }
        }

        RowDigest expected = table.Document.Digest.ToDigest();
        if (loaded != expected.Rows || digest != expected)
        {
            throw Errors.RestoreMismatch.Create(table.Table.QualifiedName, $"{loaded} of {expected.Rows} rows were loaded, or their digest differs");
        }

        progress.Complete(table.Table.QualifiedName);
    }
}
