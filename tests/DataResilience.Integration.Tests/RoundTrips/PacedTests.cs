namespace DataResilience.Integration.Tests.RoundTrips;

/// <summary>Tests that require a pace of a writer beside the backup run alone: it shall be the backup that slows the writer down, not other tests.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PacedTests
{
    internal const string Name = "Paced";
}
