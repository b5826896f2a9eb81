using System.Runtime.InteropServices;

namespace DataResilience.Sqlite;

/// <summary>
/// A row that goes over several blocks, gathered outside of the garbage collector's memory: hundreds of megabytes are given back
/// the moment they are bound, not at some later collection.
/// </summary>
internal sealed unsafe class CarriedRow : IDisposable
{
    private byte* memory;
    private nuint capacity;

    /// <summary>How many bytes of the row are here.</summary>
    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Bytes => new(memory, Length);

    internal void Append(ReadOnlySpan<byte> part)
    {
        Reserve((nuint)Length + (nuint)part.Length);
        part.CopyTo(new Span<byte>(memory + Length, part.Length));
        Length += part.Length;
        // From here on nothing has to be moved again.
        Reserve(WholeLength(Bytes));
    }

    internal void Clear()
    {
        NativeMemory.Free(memory);
        memory = null;
        capacity = 0;
        Length = 0;
    }

    public void Dispose() => Clear();

    private void Reserve(nuint bytes)
    {
        if (bytes > capacity)
        {
            memory = (byte*)NativeMemory.Realloc(memory, bytes);
            capacity = bytes;
        }
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
