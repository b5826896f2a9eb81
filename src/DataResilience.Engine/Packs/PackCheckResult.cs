namespace DataResilience.Engine.Packs;

/// <summary>What a check of a whole pack found.</summary>
/// <param name="File">
/// The pack; null if its frame (header, content keys, chunk table, trailer) is damaged or it is missing.
/// </param>
/// <param name="Faults">Everything that is wrong; empty if nothing.</param>
/// <param name="ContentOpened">
/// Whether every chunk was opened and its id computed again, not only its sealed bytes compared.
/// </param>
/// <param name="BytesRead">How many bytes were read from the store.</param>
internal sealed record PackCheckResult(PackFile? File, IReadOnlyList<ObjectFault> Faults, bool ContentOpened, long BytesRead)
{
    internal bool IsValid => Faults.Count == 0;
}
