using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>A schema object, and when it is made within its phase.</summary>
internal sealed record PlacedObject(SchemaObject Object, SchemaPass Pass);
