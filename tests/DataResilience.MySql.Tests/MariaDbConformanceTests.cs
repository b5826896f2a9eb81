using DataResilience.Testing.Servers;

namespace DataResilience.MySql.Tests;

[Trait("Category", "Server")]
public sealed class MariaDbConformanceTests() : MySqlConformance(MySqlServer.MariaDb);
