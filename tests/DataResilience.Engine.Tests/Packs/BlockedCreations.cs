using System.Threading.Channels;
using DataResilience.Providers;

namespace DataResilience.Engine.Tests.Packs;

/// <summary>A store whose creations wait until they are cancelled, and that says when so many have come.</summary>
internal sealed class BlockedCreations
{
    private readonly Channel<string> reached = Channel.CreateUnbounded<string>();

    public BlockedCreations(IObjectStore inner)
    {
        Store = new InterceptedStore(inner, async (name, _, cancellationToken) =>
        {
            reached.Writer.TryWrite(name);
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return true;
        });
    }

    public InterceptedStore Store { get; }

    public async Task ReachedAsync(int creations)
    {
        for (int i = 0; i < creations; i++)
        {
            await reached.Reader.ReadAsync(TestPacks.Token);
        }
    }
}
