using System.Text;
using DataResilience.Engine.Chunking;

namespace DataResilience.Engine.Tests.Packs;

/// <summary>A chunk to store: text that compresses, or noise that does not.</summary>
internal sealed record TestChunk(ChunkId Id, ChunkKind Kind, byte[] Plain)
{
    public static TestChunk Of(TestRepository repository, ChunkKind kind, byte[] plain) =>
        new(new ChunkIdentity(repository.Secret).Of(kind, plain), kind, plain);

    public static TestChunk Text(TestRepository repository, int seed, int length = 3000, ChunkKind kind = ChunkKind.Rows)
    {
        var text = new StringBuilder();
        for (int row = 0; text.Length < length; row++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{seed}\t{row}\tcustomer {row % 97}\tpaid\n");
        }

        return Of(repository, kind, Encoding.UTF8.GetBytes(text.ToString(0, length)));
    }

    public static TestChunk Noise(TestRepository repository, int seed, int length, ChunkKind kind = ChunkKind.Rows)
    {
        byte[] plain = new byte[length];
        new Random(seed).NextBytes(plain);
        return Of(repository, kind, plain);
    }
}
