namespace DataResilience;

/// <summary>What a restore and its plan have in common.</summary>
public abstract record RestoreRequest : RepositoryRequest
{
    /// <summary>The backup.</summary>
    public BackupReference? Backup { get; init; }

    /// <summary>The name of the database that <c>latest</c> is about.</summary>
    public string? Database { get; init; }

    /// <summary>Where to restore to.</summary>
    public DatabaseEndpoint? Target { get; init; }

    /// <summary>Tables to restore, wildcards allowed; empty means all.</summary>
    public IReadOnlyList<string> Table { get; init; } = [];

    /// <summary>Tables to leave out, wildcards allowed.</summary>
    public IReadOnlyList<string> ExcludeTable { get; init; } = [];

    /// <summary>Restores the schema alone, no rows.</summary>
    public bool SchemaOnly { get; init; }

    /// <summary>Restores rows alone, into tables that exist.</summary>
    public bool DataOnly { get; init; }

    /// <summary>Consents to replacing what is there: the whole target, or with <see cref="Table"/> the chosen tables in it.</summary>
    public bool Replace { get; init; }

    /// <summary>Whether everything is left to the restoring user instead of its owners.</summary>
    public bool NoOwner { get; init; }

    /// <summary>Whether privileges (GRANT and REVOKE) are left out.</summary>
    public bool NoPrivileges { get; init; }

    /// <summary>Whether roles that the backup holds and the target's server lacks are created.</summary>
    public bool IncludeRoles { get; init; }
}
