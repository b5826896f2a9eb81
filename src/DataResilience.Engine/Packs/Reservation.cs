namespace DataResilience.Engine.Packs;

/// <summary>A place in a pack that is being filled, with a nonce that belongs to it alone.</summary>
internal readonly record struct Reservation(OpenPack Pack, int Number, PackEntry Entry);
