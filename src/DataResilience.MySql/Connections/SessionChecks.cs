using System.Globalization;

namespace DataResilience.MySql;

/// <summary>What a server must be before anything else is asked of it.</summary>
internal static class SessionChecks
{
    /// <summary>Asks a server what it is.</summary>
    /// <exception cref="DataResilienceException">It is too old, or something else answers in its place.</exception>
    internal static async Task<ServerVersion> RequireAsync(ServerSession session, CancellationToken cancellationToken)
    {
        // In one query, and not alone: a proxy would answer "SELECT CONNECTION_ID()" itself.
        IReadOnlyList<(string Version, string Comment, ulong Id)> rows = await session.QueryAsync(
            "SELECT VERSION(), @@version_comment, CAST(CONNECTION_ID() AS CHAR)",
            row => (row.GetString(0), row.IsDBNull(1) ? "" : row.GetString(1), ulong.Parse(row.GetString(2), CultureInfo.InvariantCulture)),
            cancellationToken);
        (string text, string comment, ulong id) = rows[0];
        ServerVersion version = ServerVersion.Parse(text, comment.Contains("MariaDB", StringComparison.OrdinalIgnoreCase) ? ServerFlavour.MariaDb : null);
        RequireVersion(version, session.Address);
        // Something in between answers the login itself, with a number of its own making, and lends a server for a statement. The
        // login has room for 32 bits of the number.
        if ((uint)id != (uint)session.Connection.ServerThread)
        {
            throw Errors.PoolerUnsupported.Create(session.Address);
        }

        if (session.Address.IsCompressionRequired)
        {
            await RequireCompressionAsync(session, cancellationToken);
        }

        return version;
    }

    internal static void RequireVersion(ServerVersion version, ServerAddress address)
    {
        if (!version.IsSupported)
        {
            throw Errors.ServerUnsupported.Create(address, version, ServerVersion.Supported);
        }
    }

    private static async Task RequireCompressionAsync(ServerSession session, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> rows = await session.QueryAsync("SHOW SESSION STATUS LIKE 'Compression'", row => row.GetString(1), cancellationToken);
        if (rows is not ["ON"])
        {
            throw Errors.EndpointInvalid.Create(session.Address, $"its parameter '{ConnectionParameter.Compression}' is REQUIRED, and the server does not compress");
        }
    }
}
