namespace DataResilience;

/// <summary>How the private part of a key slot is protected.</summary>
public enum KeyProtection
{
    /// <summary>By a passphrase.</summary>
    Passphrase,

    /// <summary>By a key file.</summary>
    KeyFile,
}
