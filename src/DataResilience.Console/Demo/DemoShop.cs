using System.Buffers.Binary;
using System.IO.Compression;

namespace DataResilience.Console.Demo;

/// <summary>The bundled SQLite database of the demo, and the change that is made to it. make-shop.py beside this file makes both.</summary>
internal static class DemoShop
{
    public const int Tables = 3;
    public const long Products = 500;
    public const long Rows = 100_000;
    public const long RowsAfterChange = Rows + 301;
    private const int PageBytes = 4096;

    public static IReadOnlyList<string> TableNames { get; } = ["users", "products", "orders"];

    public static void Create(string path)
    {
        using Stream shop = Resource("shop.db.br");
        using FileStream file = new(path, FileMode.CreateNew);
        shop.CopyTo(file);
    }

    /// <summary>Puts the changed pages in their places: the console has no driver that could run a statement.</summary>
    public static void Change(string path)
    {
        using Stream changes = Resource("shop.changes.br");
        using FileStream file = new(path, FileMode.Open);
        byte[] change = new byte[sizeof(uint) + PageBytes];
        while (changes.ReadAtLeast(change, change.Length, throwOnEndOfStream: false) == change.Length)
        {
            file.Position = (long)BinaryPrimitives.ReadUInt32LittleEndian(change) * PageBytes;
            file.Write(change.AsSpan(sizeof(uint)));
        }
    }

    private static BrotliStream Resource(string name) => new(
        typeof(DemoShop).Assembly.GetManifestResourceStream($"Demo.{name}") ?? throw new FileNotFoundException("No such resource.", name),
        CompressionMode.Decompress);
}
