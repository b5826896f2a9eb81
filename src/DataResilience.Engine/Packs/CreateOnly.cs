using System.Buffers;
using DataResilience.Providers;

namespace DataResilience.Engine.Packs;

/// <summary>Creates objects whose names are random ids, so that nothing of another content can rightly have the name.</summary>
internal static class CreateOnly
{
    private const int ComparedBytes = 1 << 20;

    /// <summary>
    /// Creates an object. If one of its name is there, it is ours and the reply to an earlier attempt was lost: it is compared.
    /// The bytes are the same at every attempt, so that a key and a nonce seal one byte string only.
    /// </summary>
    /// <exception cref="DataResilienceException"><c>ObjectDamaged</c>: what is there has other bytes.</exception>
    internal static async Task StoreAsync(
        IObjectStore store, string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (!await store.CreateAsync(name, content, cancellationToken)
            && !await IsThereAsync(store, name, content, cancellationToken))
        {
            var fault = new ObjectFault(name, ProblemKind.Mismatch, ObjectFault.Whole, "another object has its name");
            throw fault.ToException(store.Location);
        }
    }

    private static async Task<bool> IsThereAsync(
        IObjectStore store, string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        ObjectDescription? there = await store.FindAsync(name, cancellationToken);
        if (there?.Size != content.Length)
        {
            return false;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(ComparedBytes);
        try
        {
            bool same = true;
            for (int offset = 0; same && offset < content.Length; offset += ComparedBytes)
            {
                ReadOnlyMemory<byte> expected = content[offset..Math.Min(content.Length, offset + ComparedBytes)];
                int? count = await store.ReadAsync(name, offset, buffer.AsMemory(0, expected.Length), cancellationToken);
                same = count == expected.Length && expected.Span.SequenceEqual(buffer.AsSpan(0, expected.Length));
            }

            return same;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
