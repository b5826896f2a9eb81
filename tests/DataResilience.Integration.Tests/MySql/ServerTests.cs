namespace DataResilience.Integration.Tests.MySql;

/// <summary>Tests of one server run one after the other: some look at everything that goes on there.</summary>
[CollectionDefinition(Name)]
public sealed class ServerTests
{
    internal const string Name = "MySQL";
}
