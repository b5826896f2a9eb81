namespace DataResilience.MySql;

/// <summary>The properties of a database as it was backed up.</summary>
internal sealed class SourceDatabase(IReadOnlyDictionary<string, string> properties)
{
    internal string CharacterSet => properties.GetValueOrDefault(DatabaseProperty.CharacterSet, "");

    internal string Collation => properties.GetValueOrDefault(DatabaseProperty.Collation, "");

    /// <summary>What CREATE DATABASE and ALTER DATABASE are given behind the name.</summary>
    internal string Definition(ServerVersion server) => string.Join(' ', new[]
    {
        CharacterSet.Length > 0 ? $"CHARACTER SET {CharacterSet}" : "",
        Collation.Length > 0 ? $"COLLATE {Collation}" : "",
        server.IsMariaDb && properties.TryGetValue(DatabaseProperty.Comment, out string? comment) ? $"COMMENT {SqlText.Value(comment)}" : "",
        !server.IsMariaDb && properties.GetValueOrDefault(DatabaseProperty.Encryption) == "YES" ? "DEFAULT ENCRYPTION 'Y'" : "",
    }.Where(part => part.Length > 0));
}
