namespace DataResilience.MySql;

/// <summary>An account, or a role, by what tells it apart.</summary>
/// <param name="User">The user's name, or the role's.</param>
/// <param name="Host">Where it may come from; empty for a role of MariaDB, which has none.</param>
internal sealed record Account(string User, string Host)
{
    /// <summary>As statements write it.</summary>
    internal string Sql => Host.Length == 0 ? SqlText.Name(User) : $"{SqlText.Name(User)}@{SqlText.Name(Host)}";

    /// <summary>Reads what the catalog says of who defined something: a name may have an @, a host has none.</summary>
    internal static Account Parse(string text) =>
        text.LastIndexOf('@') is var at && at < 0 ? new Account(text, "") : new Account(text[..at], text[(at + 1)..]);

    /// <summary>As the catalog writes it.</summary>
    public override string ToString() => Host.Length == 0 ? User : $"{User}@{Host}";
}
