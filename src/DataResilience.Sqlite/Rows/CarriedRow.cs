using System.Runtime.InteropServices;

namespace DataResilience.Sqlite;

/// <summary>
/// A row that goes over several blocks, gathered outside of the garbage collector's memory, so that it is given back at once, and a
/// very large one in a file.
/// </summary>
/// <param name="spillPath">The name of that file.</param>
internal sealed unsafe class CarriedRow(string spillPath) : IDisposable
{
    // Above this a copy of the row less in memory is worth the writing.
    private const int SpillBytes = 32 << 20;

    private SpilledRow? spilled;
    private byte* memory;
    private nuint capacity;

    /// <summary>How many bytes of the row are here.</summary>
    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Bytes => spilled is null ? new(memory, Length) : spilled.Bytes;

    internal void Append(ReadOnlySpan<byte> part)
    {
        if (spilled is null)
        {
            Keep(part);
        }
        else
        {
            spilled.Append(part);
        }

        Length += part.Length;
    }

    internal void Clear()
    {
        spilled?.Dispose();
        spilled = null;
        Free();
        Length = 0;
    }

    public void Dispose() => Clear();

    private void Keep(ReadOnlySpan<byte> part)
    {
        nuint bytes = (nuint)Length + (nuint)part.Length;
        Reserve(bytes);
        part.CopyTo(new Span<byte>(memory + Length, part.Length));
        nuint whole = WholeLength(new ReadOnlySpan<byte>(memory, (int)bytes));
        if (whole >= SpillBytes)
        {
            spilled = new SpilledRow(spillPath);
            spilled.Append(new ReadOnlySpan<byte>(memory, (int)bytes));
            Free();
        }
        else
        {
            // From here on nothing has to be moved again.
            Reserve(whole);
        }
    }

    private void Reserve(nuint bytes)
    {
        if (bytes > capacity)
        {
            memory = (byte*)NativeMemory.Realloc(memory, bytes);
            capacity = bytes;
        }
    }

    private void Free()
    {
        NativeMemory.Free(memory);
        memory = null;
        capacity = 0;
    }

    // The length stands at the beginning; a part of a few bytes may not even hold that.
    private static nuint WholeLength(ReadOnlySpan<byte> row)
    {
        int prefix = RowEncoding.ReadVarint(row, out ulong length);
        return prefix == 0 || length <= int.MaxValue - RowEncoding.MaxVarintBytes
            ? (nuint)prefix + (nuint)(prefix == 0 ? 0 : length)
            : throw new InvalidDataException("A row is longer than SQLite can hold.");
    }
}
