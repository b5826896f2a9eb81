namespace DataResilience.MySql;

/// <summary>MySQL's LOCK INSTANCE FOR BACKUP: definitions cannot be changed as long as the session lives, rows can.</summary>
internal static class InstanceLock
{
    /// <summary>Takes it where the server has it and the user may.</summary>
    internal static async Task<bool> TryTakeAsync(ServerSession keeper, CancellationToken cancellationToken)
    {
        if (keeper.Version.IsMariaDb)
        {
            return false;
        }

        try
        {
            await keeper.ExecuteAsync("LOCK INSTANCE FOR BACKUP", cancellationToken);
            return true;
        }
        catch (DataResilienceException failure) when (HoldFailure.Of(failure) is { MayTryAgain: false })
        {
            return false;
        }
    }

    /// <summary>What is said of it behind the sentence of a way.</summary>
    internal static string Clause(bool isTaken) =>
        isTaken ? "; LOCK INSTANCE FOR BACKUP keeps definitions from being changed until the backup has ended" : "";
}
