namespace DataResilience.MySql;

/// <summary>What was found when all sessions had begun.</summary>
/// <param name="Definitions">The tables, and the definitions as they were.</param>
/// <param name="Position">Where in the binary log the state is.</param>
/// <param name="Sentence">How it was held still.</param>
/// <param name="Keeper">The session without a snapshot, which reads definitions, and keeps them from being changed where it could.</param>
/// <param name="TableKeeper">The session that has the tables without snapshots locked; null where there are none.</param>
internal sealed record HeldState(
    SourceDefinitions Definitions,
    IReadOnlyDictionary<string, string> Position,
    string Sentence,
    ServerSession Keeper,
    ServerSession? TableKeeper);
