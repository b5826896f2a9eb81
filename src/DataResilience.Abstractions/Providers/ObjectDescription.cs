namespace DataResilience.Providers;

/// <summary>What a store knows of an object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="StoredAt">When it was created, by the store's own clock.</param>
public sealed record ObjectDescription(string Name, long Size, DateTimeOffset StoredAt);
