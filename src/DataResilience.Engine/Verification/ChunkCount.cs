namespace DataResilience.Engine.Verification;

/// <summary>How many chunks a backup has, how many of them were found and checked, and how many sealed bytes these are.</summary>
internal readonly record struct ChunkCount(long Total, long Checked, long SealedBytes = 0);
