using System.Net;
using DataResilience.Testing.Servers;

namespace DataResilience.MySql.Tests.Restore;

/// <summary>Where restores go to.</summary>
internal static class Targets
{
    /// <summary>A database as a user gives it, with the password.</summary>
    internal static DatabaseEndpoint Of(MySqlTestDatabase database, string? user = null) =>
        database.Server.Endpoint(database.Name, user).WithPassword(new NetworkCredential("", database.Server.Password).SecurePassword);
}
