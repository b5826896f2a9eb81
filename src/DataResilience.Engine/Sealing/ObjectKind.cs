namespace DataResilience.Engine.Sealing;

/// <summary>What an object is: byte 4 of the common header (docs/repository-format.md, 2). 9 to 11 are reserved.</summary>
internal enum ObjectKind : byte
{
    Slot = 1,
    Keyring = 2,
    Pack = 3,
    Index = 4,
    Manifest = 5,
    Deletion = 6,
    Verification = 7,
    Lock = 8,
}
