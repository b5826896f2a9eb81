namespace DataResilience.PostgreSql;

/// <summary>The forms that a row has in a backup.</summary>
internal static class RowForm
{
    /// <summary>What a row begins with that is a tuple of binary COPY, since it is too large for text. No line of COPY text begins so.</summary>
    internal const byte BinaryMark = 0;
}
