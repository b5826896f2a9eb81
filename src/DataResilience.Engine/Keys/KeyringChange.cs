namespace DataResilience.Engine.Keys;

/// <summary>A next keyring, before anything of it is written.</summary>
/// <param name="Keyring">The keyring; its number is that of the one before, plus one.</param>
/// <param name="Objects">What to write, in this order.</param>
/// <param name="Obsolete">What can be deleted once that is written: a removed slot's objects, which open nothing any more.</param>
/// <param name="Slot">The slot that was added or removed.</param>
internal sealed record KeyringChange(KeyringFile Keyring, IReadOnlyList<KeyObject> Objects, IReadOnlyList<string> Obsolete, KeyringSlot Slot);
