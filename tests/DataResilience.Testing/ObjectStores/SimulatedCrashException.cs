namespace DataResilience.Testing.ObjectStores;

/// <summary>
/// The process is gone. Product code must not handle it: what it does after it did not happen, and every later call throws it
/// again.
/// </summary>
public sealed class SimulatedCrashException(string step) : Exception($"Simulated crash at {step}.");
