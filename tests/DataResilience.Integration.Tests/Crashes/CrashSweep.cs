using System.Globalization;
using DataResilience.Engine.ObjectStores;
using DataResilience.Testing.FileLayers;
using DataResilience.Testing.ObjectStores;
using Xunit.Sdk;

namespace DataResilience.Integration.Tests.Crashes;

/// <summary>
/// Lets a process crash before every single step that it takes on files, one step after the other, and looks at what is left: the
/// files as they are, as after a kill, and what failures of power make of them by several seeds.
/// </summary>
internal sealed class CrashSweep(SimulatedWorld before, int seeds = CrashSweep.Seeds)
{
    /// <summary>How many seeds for what survives each step has; no two steps have the same ones.</summary>
    internal const int Seeds = 3;

    private const int ShownAtMost = 20;

    private readonly List<string> broken = [];
    private readonly SortedDictionary<FileOperation, int> crashes = [];

    /// <summary>Leaves steps out, to show that a sweep notices.</summary>
    internal Func<IFileLayer, IFileLayer> Spoil { get; init; } = files => files;

    /// <summary>Whether to end with the first promise that does not hold.</summary>
    internal bool EndsWhenBroken { get; init; }

    /// <summary>How many steps it crashed at.</summary>
    internal int Steps { get; private set; }

    /// <summary>How many times what was left was looked at.</summary>
    internal int Looks { get; private set; }

    /// <summary>The promises that did not hold, each with the step and the seed.</summary>
    internal IReadOnlyList<string> Broken => broken;

    /// <param name="act">What the process does.</param>
    /// <param name="check">Looks at what is left; the second argument says whether the process had come to its end.</param>
    internal async Task RunAsync(Func<SimulatedProcess, Task> act, Func<SimulatedWorld, bool, Task> check)
    {
        bool crashed = true;
        for (int step = 1; crashed && !(EndsWhenBroken && broken.Count > 0); step++)
        {
            using SimulatedWorld world = before.Copy();
            var files = new CrashingFileLayer(Spoil(world.Files), step);
            bool finished = await FinishesAsync(act(world.Start(files)));
            crashed = files.CrashedAt is not null;
            Count(files.CrashedAt);
            string where = string.Create(CultureInfo.InvariantCulture, $"step {step} ({files.CrashedAt?.ToString() ?? "after the last"})");
            foreach (int seed in Enumerable.Range(step * seeds, seeds))
            {
                using SimulatedWorld survivor = world.AfterPowerFailure(seed);
                await CheckAsync(check, survivor, finished, $"{where}, power failed, seed {seed}");
            }

            using SimulatedWorld killed = world.AfterKill();
            await CheckAsync(check, killed, finished, $"{where}, killed");
        }
    }

    /// <summary>Says what was done and demands that every promise was kept.</summary>
    internal void RequireSound(string subject)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(ToString(subject));
        Assert.True(broken.Count == 0, string.Join('\n', broken.Take(ShownAtMost)));
        Assert.NotEqual(0, Steps);
    }

    internal string ToString(string subject) => string.Create(
        CultureInfo.InvariantCulture,
        $"{subject}: crashed at each of {Steps} steps ({string.Join(", ", crashes.Select(pair => $"{pair.Key} {pair.Value}"))}), each with {seeds} seeds and a kill; looked {Looks} times; {broken.Count} broken promises");

    private void Count(FileOperation? step)
    {
        if (step is { } operation)
        {
            Steps++;
            crashes[operation] = crashes.GetValueOrDefault(operation) + 1;
        }
    }

    /// <summary>A simulated crash comes out as a failure of some kind; what counts is whether the operation said that it was done.</summary>
    private static async Task<bool> FinishesAsync(Task act)
    {
        try
        {
            await act;
            return true;
        }
        catch (Exception failure) when (IsCrash(failure))
        {
            return false;
        }
    }

    private static bool IsCrash(Exception? failure) => failure is not null && (failure is SimulatedCrashException || IsCrash(failure.InnerException));

    private async Task CheckAsync(Func<SimulatedWorld, bool, Task> check, SimulatedWorld world, bool finished, string where)
    {
        Looks++;
        try
        {
            await check(world, finished);
        }
        catch (Exception failure) when (failure is IAssertionException or DataResilienceException)
        {
            broken.Add($"{where}: {(failure as DataResilienceException)?.ErrorCode} {failure.Message}");
        }
    }
}
