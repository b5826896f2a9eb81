namespace DataResilience.Providers;

/// <summary>When a schema object is created during a restore.</summary>
public enum SchemaPhase
{
    /// <summary>Before the rows: tables and what they need.</summary>
    PreData,

    /// <summary>After the rows: indexes, constraints, views, triggers.</summary>
    PostData,
}
