using DataResilience.Testing.Servers;

namespace DataResilience.PostgreSql.Tests;

[Trait("Category", "Server")]
public sealed class V17ConformanceTests() : PostgreSqlConformance(PostgreSqlServer.V17);
