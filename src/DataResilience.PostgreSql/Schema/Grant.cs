namespace DataResilience.PostgreSql;

/// <summary>A privilege that a role has.</summary>
/// <param name="Grantee">The role; empty for all roles.</param>
/// <param name="Privilege">The privilege, as GRANT names it.</param>
/// <param name="IsGrantable">Whether the role may grant it to others.</param>
internal sealed record Grant(string Grantee, string Privilege, bool IsGrantable);
