namespace DataResilience.Sqlite;

/// <summary>A statement was ended by a cancellation; never leaves the provider.</summary>
internal sealed class SqliteInterruptedException : Exception;
