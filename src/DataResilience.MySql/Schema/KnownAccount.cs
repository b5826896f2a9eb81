namespace DataResilience.MySql;

/// <summary>An account with what the server says of it.</summary>
/// <param name="Account">Which it is.</param>
/// <param name="Definition">The statement that makes it.</param>
/// <param name="Grants">Its grants; for a role of MariaDB also those of the roles that it has.</param>
internal sealed record KnownAccount(Account Account, string Definition, IReadOnlyList<GrantLine> Grants);
