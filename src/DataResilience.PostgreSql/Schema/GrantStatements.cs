namespace DataResilience.PostgreSql;

/// <summary>Writes privileges as statements, for an object that is new and has those of its owner.</summary>
internal static class GrantStatements
{
    /// <summary>Writes them.</summary>
    /// <param name="grants">All privileges on the object; none means that it has those of a new object.</param>
    /// <param name="target">The object as GRANT names it.</param>
    /// <param name="owner">Its owner.</param>
    /// <param name="ownerDefault">The privileges that the owner of a new object has.</param>
    /// <returns>One statement a line; empty where none is needed.</returns>
    internal static string Of(IEnumerable<Grant> grants, string target, string owner, string[] ownerDefault)
    {
        Grant[] all = [.. grants];
        if (all.Length == 0)
        {
            return "";
        }

        var lines = new List<string>();
        bool isOwnerAsNew = all.Where(grant => grant.Grantee == owner).Select(grant => (grant.Privilege, grant.IsGrantable))
            .ToHashSet().SetEquals(ownerDefault.Select(privilege => (privilege, false)));
        if (!isOwnerAsNew)
        {
            lines.Add($"REVOKE ALL ON {target} FROM {SqlName.Quote(owner)};");
        }

        foreach (var alike in all.Where(grant => !isOwnerAsNew || grant.Grantee != owner).GroupBy(grant => (grant.Grantee, grant.IsGrantable)))
        {
            string privileges = string.Join(", ", alike.Select(grant => grant.Privilege));
            string grantee = alike.Key.Grantee.Length == 0 ? "PUBLIC" : SqlName.Quote(alike.Key.Grantee);
            lines.Add($"GRANT {privileges} ON {target} TO {grantee}{(alike.Key.IsGrantable ? " WITH GRANT OPTION" : "")};");
        }

        return string.Join('\n', lines);
    }
}
