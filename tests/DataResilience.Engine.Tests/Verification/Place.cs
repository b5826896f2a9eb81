namespace DataResilience.Engine.Tests.Verification;

/// <summary>A part of an object that can be damaged.</summary>
/// <param name="Kind">What it is, for the histogram.</param>
/// <param name="Object">The object.</param>
/// <param name="Offset">Where it begins.</param>
/// <param name="Length">How many bytes it has.</param>
internal sealed record Place(string Kind, string Object, int Offset, int Length);
