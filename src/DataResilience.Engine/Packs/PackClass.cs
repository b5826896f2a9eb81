namespace DataResilience.Engine.Packs;

/// <summary>Who can open the chunks of a pack: byte 64 of a pack.</summary>
internal enum PackClass : byte
{
    /// <summary>Rows, schema, table descriptions, digests: Readers.</summary>
    Content = 1,

    /// <summary>Chunk lists: every slot.</summary>
    Catalog = 2,
}
