namespace DataResilience.Console.Tests.Processes;

/// <summary>The stage with one backup, made once for tests that change nothing.</summary>
public sealed class BackedUpStage : SqliteStage
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        (await RunAsync("backup", "sqlite:shop.db")).Single();
    }
}
