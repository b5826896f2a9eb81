using DataResilience.Engine.Keys;
using DataResilience.Engine.Repository;
using DataResilience.Engine.Sealing;
using DataResilience.Providers;

namespace DataResilience.Engine.Operations;

/// <summary>What the engine needs of the world outside it. Tests put scripted ones in their place.</summary>
internal sealed record EngineServices
{
    public required IReadOnlyList<IDatabaseProvider> DatabaseProviders { get; init; }

    public required IReadOnlyList<IObjectStoreProvider> StoreProviders { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public IRandomSource Random { get; init; } = new SystemRandomSource();

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    public IPassphraseDerivation PassphraseDerivation { get; init; } = new Pbkdf2Derivation();

    public IProcessTable Processes { get; init; } = new SystemProcessTable();

    /// <summary>Now, to the millisecond: as manifests keep it, so that a result and a later listing say the same.</summary>
    public DateTimeOffset UtcNow()
    {
        DateTimeOffset now = Time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
    }

    /// <summary>The provider of an engine.</summary>
    /// <exception cref="DataResilienceException"><c>EngineUnsupported</c>.</exception>
    public IDatabaseProvider ProviderOf(DatabaseEndpoint endpoint) => ProviderOf(endpoint.Engine, endpoint.ToString());

    /// <exception cref="DataResilienceException"><c>EngineUnsupported</c>.</exception>
    public IDatabaseProvider ProviderOf(DatabaseEngine engine, string subject) =>
        DatabaseProviders.FirstOrDefault(provider => provider.Engines.Contains(engine)) ?? throw Errors.EngineUnsupported.Create(subject);
}
