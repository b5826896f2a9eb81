using DataResilience.Testing.Servers;

namespace DataResilience.MySql.Tests;

[Trait("Category", "Server")]
public sealed class MariaDbNewerConformanceTests() : MySqlConformance(MySqlServer.MariaDbNewer);
