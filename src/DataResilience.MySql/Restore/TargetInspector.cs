using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>Looks at a target without changing it.</summary>
internal static class TargetInspector
{
    internal static async Task<TargetState> InspectAsync(ServerAddress address, TargetOptions options, CancellationToken cancellationToken)
    {
        ServerSession session;
        try
        {
            session = await RestoreSession.OpenAsync(address.WithDatabase(""), new TargetFailures(), lockTimeout: null, cancellationToken);
        }
        catch (DataResilienceException failure)
        {
            bool isThere = failure.ErrorCode != Errors.ServerUnreachable.Code;
            return new TargetState(Exists: false, isThere, [], FreeSpace: null) { Obstacles = [Sentence(failure)] };
        }

        await using (session)
        {
            TargetPlace place = await TargetPlace.ReadAsync(session, address, cancellationToken);
            var obstacles = new List<DataResilienceException>();
            if (await RestoreOwner.HolderAsync(session, address, cancellationToken) is { } holder)
            {
                obstacles.Add(Errors.TargetInUse.Create(address, holder));
            }

            obstacles.AddRange(await new TargetConditions(session, address, options).FindAsync(place, cancellationToken));
            if (place.Exists && !options.IncludesSchema)
            {
                // A table that is not there is told by whoever asks, from the names.
                IReadOnlyList<DataResilienceException> live = await new LiveConditions(session, address, options).FindAsync(cancellationToken);
                obstacles.AddRange(live.Where(failure => failure.ErrorCode != Errors.TargetTableMissing.Code));
            }

            return new TargetState(place.Exists, PlaceExists: true, place.Tables?.Names ?? [], FreeSpace: null)
            {
                Obstacles = [.. obstacles.Select(Sentence)],
            };
        }
    }

    private static string Sentence(DataResilienceException failure) => failure.Message.TrimEnd('.');
}
