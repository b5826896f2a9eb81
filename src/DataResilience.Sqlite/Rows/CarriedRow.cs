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
        if (memory is null)
        {
            capacity = WholeLength(part);
            memory = (byte*)NativeMemory.Alloc(capacity);
        }

        part.CopyTo(new Span<byte>(memory + Length, checked((int)capacity - Length)));
        Length += part.Length;
    }

    internal void Clear()
    {
        NativeMemory.Free(memory);
        memory = null;
        Length = 0;
    }

    public void Dispose() => Clear();

    // The first part of a row is nearly a block long: its length is in it.
    private static nuint WholeLength(ReadOnlySpan<byte> part)
    {
        int prefix = RowEncoding.ReadVarint(part, out ulong length);
        return prefix > 0 && length <= int.MaxValue - RowEncoding.MaxVarintBytes
            ? (nuint)prefix + (nuint)length
            : throw new InvalidDataException("A row is longer than SQLite can hold.");
    }
}
