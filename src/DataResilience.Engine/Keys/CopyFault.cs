namespace DataResilience.Engine.Keys;

/// <summary>What is wrong with one of the objects that hold keys.</summary>
internal enum CopyFault
{
    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>Its bytes are not the ones that were signed.</summary>
    Corrupt,

    /// <summary>It belongs to no slot and no keyring of this repository. It is ignored.</summary>
    Foreign,
}
