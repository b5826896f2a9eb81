namespace DataResilience;

/// <summary>What sort of failure an error is; decides the process's exit code and the shell's error category.</summary>
public enum ErrorKind
{
    /// <summary>The request itself cannot be understood or contradicts itself (exit code 2).</summary>
    Usage,

    /// <summary>Nothing matched the request (exit code 4).</summary>
    NothingMatched,

    /// <summary>Something named does not exist or cannot be reached (exit code 1).</summary>
    Unavailable,

    /// <summary>A key, a password or a right is missing or wrong (exit code 1).</summary>
    Denied,

    /// <summary>Something is already there and would be overwritten (exit code 1).</summary>
    Conflict,

    /// <summary>Another run holds a lock or a lease (exit code 5).</summary>
    Busy,

    /// <summary>Stored data is damaged or was tampered with (exit code 3).</summary>
    Damaged,

    /// <summary>Space or another resource ran out (exit code 1).</summary>
    Exhausted,

    /// <summary>What was asked for is not supported by this version (exit code 1).</summary>
    Unsupported,

    /// <summary>The operation failed for another reason (exit code 1).</summary>
    Failed,
}
