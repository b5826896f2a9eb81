using DataResilience.Testing.Servers;

namespace DataResilience.PostgreSql.Tests;

[Trait("Category", "Server")]
public sealed class V13ConformanceTests() : PostgreSqlConformance(PostgreSqlServer.V13);
