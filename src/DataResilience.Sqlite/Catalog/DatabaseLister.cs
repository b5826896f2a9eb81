using DataResilience.Providers;
using SQLitePCL;

namespace DataResilience.Sqlite;

/// <summary>Finds the databases at a path: the file itself, or those directly in a directory.</summary>
internal static class DatabaseLister
{
    internal static List<Database> List(DatabaseEndpoint endpoint, DatabaseListOptions options, CancellationToken cancellationToken)
    {
        string path = endpoint.Database;
        if (!Directory.Exists(path))
        {
            SourceFile.RequireFile(path);
            return [Describe(endpoint, path, options)];
        }

        var databases = new List<Database>();
        foreach (string file in Files(path).Where(file => options.Takes(NameOf(file))))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryDescribe(endpoint with { Database = file }, file, options) is { } database)
            {
                databases.Add(database);
            }
        }

        return databases;
    }

    private static List<string> Files(string directory)
    {
        try
        {
            return [.. Directory.EnumerateFiles(directory).Where(SourceFile.HasContent).Order(StringComparer.Ordinal)];
        }
        catch (UnauthorizedAccessException failure)
        {
            throw Errors.SourceUnreadable.CreateFrom(failure, directory, failure.Message);
        }
    }

    // SQLite itself tells a database by its first bytes; a log or a journal does not begin like one.
    private static Database? TryDescribe(DatabaseEndpoint endpoint, string file, DatabaseListOptions options)
    {
        try
        {
            return Describe(endpoint, file, options);
        }
        catch (DataResilienceException failure) when (failure.ErrorCode == Errors.NotADatabase.Code)
        {
            return null;
        }
    }

    private static Database Describe(DatabaseEndpoint endpoint, string file, DatabaseListOptions options)
    {
        var failures = new SourceFailures(file, TimeSpan.Zero);
        using SqliteSession session = OpenToLook(file, failures);
        long size = (session.QueryInt64("PRAGMA main.page_count") * session.QueryInt64("PRAGMA main.page_size")) + LogSize(file);
        List<string> tables = TableNames(session);
        return new Database
        {
            Name = NameOf(file),
            Engine = DatabaseEngine.Sqlite,
            EngineVersion = raw.sqlite3_libversion().utf8_to_string(),
            Server = Environment.MachineName,
            Endpoint = endpoint,
            Size = size,
            Tables = tables.Count,
            TableNames = options.Detail == DatabaseDetail.Tables ? tables : [],
            Encoding = session.QueryText("PRAGMA main.encoding"),
        };
    }

    private static string NameOf(string file) => Path.GetFileNameWithoutExtension(file);

    private static List<string> TableNames(SqliteSession session)
    {
        using SqliteStatement statement = session.Prepare(
            "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name");
        var names = new List<string>();
        while (statement.Step())
        {
            names.Add(statement.Text(0));
        }

        return names;
    }

    // What is locked, or cannot be locked, is looked at as it lies there: a count may be a moment old, and nobody waits.
    private static SqliteSession OpenToLook(string file, SqliteFailures failures)
    {
        SqliteSession session = SourceFile.Open(file, failures);
        int code = session.TryExecute("SELECT count(*) FROM main.sqlite_schema");
        if ((code & 0xff) is not (raw.SQLITE_BUSY or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_IOERR))
        {
            return session;
        }

        session.Dispose();
        return SourceFile.OpenImmutable(file, failures);
    }

    private static long LogSize(string file)
    {
        var log = new FileInfo(file + SourceFile.LogSuffix);
        return log.Exists ? log.Length : 0;
    }
}
