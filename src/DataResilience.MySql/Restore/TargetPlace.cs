namespace DataResilience.MySql;

/// <summary>What is under a target's name.</summary>
/// <param name="Exists">Whether a database is there; what a restore has not finished, or left, is none.</param>
/// <param name="Tables">Its tables.</param>
internal sealed record TargetPlace(bool Exists, PresentTables? Tables)
{
    internal static async Task<TargetPlace> ReadAsync(ServerSession session, ServerAddress target, CancellationToken cancellationToken)
    {
        string? there = await session.ScalarAsync(
            "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = ?", cancellationToken, target.Database);
        if (there == "0")
        {
            return new TargetPlace(false, null);
        }

        IReadOnlyList<RestoreMarker> markers = await RestoreMarker.FindAsync(session, target.Database, cancellationToken);
        return markers.Any(marker => string.Equals(marker.Database, target.Database, StringComparison.OrdinalIgnoreCase))
            ? new TargetPlace(false, null)
            : new TargetPlace(true, await PresentTables.ReadAsync(session, target.Database, cancellationToken));
    }
}
