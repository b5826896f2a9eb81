using DataResilience.Testing.Servers;

namespace DataResilience.MySql.Tests;

[Trait("Category", "Server")]
public sealed class MySql84ConformanceTests() : MySqlConformance(MySqlServer.MySql84);
