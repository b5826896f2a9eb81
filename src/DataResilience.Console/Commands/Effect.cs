namespace DataResilience.Console.Commands;

/// <summary>What a command does to the world; decides which options and questions it has.</summary>
internal enum Effect
{
    /// <summary>It reads and tells; telling is all it is for, so --quiet does not silence it.</summary>
    Reads,

    /// <summary>It changes something, or may: it has --what-if.</summary>
    Changes,

    /// <summary>It takes something away for good: it has --what-if, and asks first unless --yes.</summary>
    Destroys,
}
