namespace DataResilience.Engine.Chunking;

/// <summary>
/// The digest of some rows: their number and the sum of their hashes in two lanes, each modulo 2^64
/// (docs/repository-format.md, 5.2). The order of the rows does not matter, so digests of parts add up to that of the whole.
/// </summary>
internal readonly record struct RowDigest(long Rows, ulong Low, ulong High)
{
    internal static RowDigest Empty => default;

    public static RowDigest operator +(RowDigest left, RowDigest right) => left.Add(right);

    internal RowDigest Add(RowDigest other) => new(Rows + other.Rows, unchecked(Low + other.Low), unchecked(High + other.High));

    /// <summary>Adds one row by its hash from <see cref="RowHasher"/>.</summary>
    internal RowDigest Add(UInt128 rowHash) =>
        new(Rows + 1, unchecked(Low + (ulong)rowHash), unchecked(High + (ulong)(rowHash >> 64)));
}
