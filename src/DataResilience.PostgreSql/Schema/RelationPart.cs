namespace DataResilience.PostgreSql;

/// <summary>Something that is of a relation: an index, a constraint, a trigger, a column's default.</summary>
/// <param name="Relation">The relation's number.</param>
/// <param name="Name">Its own name, without the relation's.</param>
/// <param name="References">The relation that a foreign key refers to; 0 for everything else.</param>
internal sealed record RelationPart(uint Relation, string Name, uint References);
