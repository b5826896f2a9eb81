using DataResilience.Testing.Servers;

namespace DataResilience.MySql.Tests;

[Trait("Category", "Server")]
public sealed class MySqlConformanceTests() : MySqlConformance(MySqlServer.MySql);
