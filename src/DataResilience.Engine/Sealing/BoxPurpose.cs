namespace DataResilience.Engine.Sealing;

/// <summary>What a box holds (docs/repository-format.md, 4.1): part of what it is bound to.</summary>
internal static class BoxPurpose
{
    internal const string Catalog = "catalog";
    internal const string Deduplication = "deduplication";
    internal const string Content = "content";
    internal const string Admin = "admin";
    internal const string Pack = "pack";
}
