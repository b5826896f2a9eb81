namespace DataResilience.Sqlite;

/// <summary>Turns a result code of SQLite into an entry of the error catalogue.</summary>
internal abstract class SqliteFailures
{
    /// <summary>Makes the exception for a result code.</summary>
    /// <param name="code">The extended result code.</param>
    /// <param name="message">What SQLite says.</param>
    internal abstract Exception Create(int code, string message);

    /// <summary>The primary code is in the low byte of an extended one.</summary>
    protected static int Primary(int code) => code & 0xff;
}
