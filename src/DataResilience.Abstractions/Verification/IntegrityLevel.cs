namespace DataResilience;

/// <summary>How deep a verification goes.</summary>
public enum IntegrityLevel
{
    /// <summary>Every object that a backup needs is there, named and signed; no chunk is read.</summary>
    Catalog,

    /// <summary>Every sealed byte is read and compared; every chunk is opened where the key has the role Reader.</summary>
    Checksum,

    /// <summary>The backup is restored to a target, compared by digest, and the target is dropped.</summary>
    Restore,
}
