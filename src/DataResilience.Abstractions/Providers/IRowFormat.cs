namespace DataResilience.Providers;

/// <summary>How rows are told apart in the bytes of a chunk.</summary>
public interface IRowFormat
{
    /// <summary>The version of the row encoding, kept with every table.</summary>
    int Version { get; }

    /// <summary>Finds where the first row ends.</summary>
    /// <param name="bytes">Bytes that start at the beginning of a row.</param>
    /// <returns>The length of the first row, its end mark included; -1 if the bytes end before the row does.</returns>
    int FindRowEnd(ReadOnlySpan<byte> bytes);
}
