namespace DataResilience.MySql;

/// <summary>What the modes of a session change in how a text is cut.</summary>
[Flags]
internal enum SqlQuoting
{
    /// <summary>As it is where no mode says otherwise, and in every session of ours.</summary>
    Usual = 0,

    /// <summary>Double quotes stand around names.</summary>
    AnsiQuotes = 1,

    /// <summary>A backslash is a character like any other.</summary>
    NoBackslashEscapes = 2,
}
