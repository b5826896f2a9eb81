using System.Buffers.Binary;

namespace DataResilience.Engine.Sealing;

/// <summary>The id of a repository, a slot, a pack, an index or a content key: 16 random bytes, written as 32 hexadecimal digits.</summary>
internal readonly record struct ObjectId(UInt128 Value)
{
    internal const int Size = 16;

    internal static ObjectId Zero => default;

    internal static ObjectId Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    internal static ObjectId New(IRandomSource random)
    {
        Span<byte> bytes = stackalloc byte[Size];
        random.Fill(bytes);
        return Read(bytes);
    }

    internal static bool TryParse(ReadOnlySpan<char> text, out ObjectId id)
    {
        Span<byte> bytes = stackalloc byte[Size];
        bool isId = text.Length == Size * 2
            && !text.ContainsAnyInRange('A', 'F')
            && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
        id = isId ? Read(bytes) : default;
        return isId;
    }

    internal void Write(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, Value);

    internal byte[] ToArray()
    {
        byte[] bytes = new byte[Size];
        Write(bytes);
        return bytes;
    }

    public override string ToString() => Value.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
}
