using DataResilience.Testing.Servers;

namespace DataResilience.PostgreSql.Tests;

[Trait("Category", "Server")]
public sealed class ReleaseConformanceTests() : PostgreSqlConformance(PostgreSqlServer.Release);
