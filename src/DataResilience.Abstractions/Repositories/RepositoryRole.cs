namespace DataResilience;

/// <summary>What a key may do with a repository. Every key can list, check and mirror; the roles add to that and combine.</summary>
[Flags]
public enum RepositoryRole
{
    /// <summary>No role: lists, checks and mirrors without being able to read a row.</summary>
    Keeper = 0,

    /// <summary>May take backups, but cannot read what others, or it itself, wrote before.</summary>
    Writer = 1,

    /// <summary>May read rows: restore, and verify to the last byte.</summary>
    Reader = 2,

    /// <summary>May add and remove keys and delete backups.</summary>
    Admin = 4,

    /// <summary>All three roles; what the first key of a repository has.</summary>
    Owner = Writer | Reader | Admin,
}
