namespace DataResilience.PostgreSql;

/// <summary>When an object is made within its phase. A restore tells it from the kind of an object.</summary>
internal enum SchemaPass
{
    Main,

    /// <summary>Privileges: what is made after them is made with the rights that the source has.</summary>
    Privileges,

    /// <summary>Materialized views get their rows, with the rights of their owners.</summary>
    Refresh,

    /// <summary>Event triggers, which would see all that is made after them.</summary>
    EventTriggers,

    /// <summary>Subscriptions, which would change rows.</summary>
    Subscriptions,
}
