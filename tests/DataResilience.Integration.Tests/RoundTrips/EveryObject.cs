using Microsoft.Data.Sqlite;

namespace DataResilience.Integration.Tests.RoundTrips;

/// <summary>A database with every kind of object and every storage class that SQLite has.</summary>
internal static class EveryObject
{
    internal static IReadOnlyList<string> OddNames { get; } =
        ["a\"b", "it's", "a.b", "100%", "a/b\\c", "two words", "naïve 表", "select", "[x]", "`y`", "a;b--c", "\t", "*", "UPPER", "ends.", "..", "😀"];

    private static IReadOnlyList<string> Objects { get; } =
    [
        "CREATE TABLE anything(id INTEGER PRIMARY KEY, v, i INTEGER, r REAL, t TEXT, b BLOB, n NUMERIC)",
        "INSERT INTO anything(v) VALUES(NULL), (''), (x''), (1), (1.0), ('1'), (x'31'), (-0.0), (9e999), (-9e999), (5e-324), (9223372036854775807), (-9223372036854775808)",
        "INSERT INTO anything(v) VALUES('a' || char(0) || 'b'), ('ä😀'), (char(65279) || 'bom'), (zeroblob(70000)), (hex(randomblob(1500000))), (randomblob(5000000))",
        "INSERT INTO anything(i, r, t, n) VALUES('abc', 'abc', 12, 'abc'), (1.5, 3, 1.5, '12'), (x'00', x'00', x'00', x'00'), (3.0, 1e300, '3.0', 1e15)",
        "INSERT INTO anything(id, v) VALUES(-5, 'negative'), (4611686018427387904, 'far'), (9223372036854775807, 'last')",
        "CREATE TABLE keyless(v, other TEXT COLLATE NOCASE)",
        "INSERT INTO keyless SELECT v, t FROM anything",
        "DELETE FROM keyless WHERE rowid % 3 = 0",
        "CREATE TABLE worowid(k TEXT COLLATE NOCASE, l REAL, v, PRIMARY KEY(l DESC, k)) WITHOUT ROWID",
        "INSERT INTO worowid SELECT 'k' || id, id, v FROM anything",
        "CREATE TABLE strictly(a INT, b ANY, c TEXT, d REAL, e BLOB) STRICT",
        "INSERT INTO strictly VALUES(1, '1', 'x', 2, x'01'), (2, 3.0, '', 2.5, x''), (NULL, x'', NULL, NULL, NULL)",
        "CREATE TABLE strictkey(k INTEGER, v ANY, PRIMARY KEY(k)) STRICT, WITHOUT ROWID",
        "INSERT INTO strictkey VALUES(2, 'b'), (1, 1.5)",
        "CREATE TABLE computed(a INTEGER, b AS (a * 2), c TEXT AS (printf('%d!', a)) STORED, d TEXT DEFAULT 'it''s' CHECK(length(d) < 9))",
        "INSERT INTO computed(a) SELECT id FROM anything WHERE id BETWEEN 1 AND 9",
        "CREATE TABLE counted(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE ON CONFLICT REPLACE)",
        "INSERT INTO counted(name) VALUES('x'), ('y'), ('z')",
        "DELETE FROM counted WHERE id = 3",
        "CREATE TABLE refers(id INTEGER PRIMARY KEY DESC, c INTEGER REFERENCES counted ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED)",
        "INSERT INTO refers VALUES(3, 1), (1, 2), (2, NULL)",
        "ALTER TABLE refers ADD COLUMN added INTEGER NOT NULL DEFAULT 5",
        "ALTER TABLE refers RENAME TO referrers",
        "CREATE TABLE vacant(a, b)",
        "CREATE TABLE log(message)",
        "CREATE INDEX anything_partial ON anything(t DESC) WHERE t IS NOT NULL",
        "CREATE INDEX anything_expression ON anything(length(v), abs(id % 10) DESC)",
        "CREATE UNIQUE INDEX counted_lower ON counted(lower(name) COLLATE BINARY)",
        "CREATE VIEW dear AS SELECT name FROM counted WHERE id > 1",
        "CREATE VIEW later(n) AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 3) SELECT n FROM c, dear",
        "CREATE TRIGGER counted_log AFTER INSERT ON counted BEGIN INSERT INTO log VALUES('inserted ' || new.id); END",
        "CREATE TRIGGER dear_insert INSTEAD OF INSERT ON dear BEGIN INSERT INTO counted(name) VALUES(new.name); END",
        "CREATE TABLE documents(id INTEGER PRIMARY KEY, title TEXT, body TEXT)",
        "INSERT INTO documents(title, body) VALUES('First', 'the quick brown fox'), ('Second', 'jumps over the lazy dog'), ('Third', 'naïve 表')",
        "CREATE VIRTUAL TABLE words USING fts5(title, body)",
        "INSERT INTO words(rowid, title, body) SELECT id * 10, title, body FROM documents",
        "CREATE VIRTUAL TABLE contentless USING fts5(body, content='')",
        "INSERT INTO contentless(rowid, body) SELECT id, body FROM documents",
        "CREATE VIRTUAL TABLE external USING fts5(title, body, content='documents', content_rowid='id', tokenize='porter')",
        "INSERT INTO external(external) VALUES('rebuild')",
        "CREATE TRIGGER documents_insert AFTER INSERT ON documents BEGIN INSERT INTO external(rowid, title, body) VALUES(new.id, new.title, new.body); END",
        "CREATE VIRTUAL TABLE \"odd fts '%\" USING fts5(x)",
        "INSERT INTO \"odd fts '%\" VALUES('needle')",
        "CREATE VIRTUAL TABLE places USING rtree(id, x1, x2, y1, y2, +name)",
        "INSERT INTO places SELECT id, id, id + 1, id, id + 2, title FROM documents",
        "PRAGMA user_version = -7",
        "PRAGMA application_id = 252006673",
    ];

    /// <summary>Makes it, with the tables of <see cref="FamilyWriter"/> first and last.</summary>
    /// <param name="workspace">Where.</param>
    /// <param name="name">Its file.</param>
    /// <param name="encoding">Its encoding.</param>
    /// <param name="pageSize">Its page size.</param>
    /// <param name="journalMode">Its journal mode.</param>
    /// <param name="more">Statements that make more tables, before the last ones.</param>
    internal static void Make(Workspace workspace, string name, string encoding, int pageSize, string journalMode, params IEnumerable<string> more)
    {
        using SqliteConnection connection = workspace.OpenDatabase(name);
        connection.Execute(
            $"PRAGMA encoding = '{encoding}'", $"PRAGMA page_size = {pageSize}", "PRAGMA auto_vacuum = 2", $"PRAGMA journal_mode = {journalMode}", "BEGIN");
        connection.Execute([.. FamilyWriter.Tables, .. Objects, .. OddTables(), .. WideTables(), .. more, .. FamilyWriter.LastTables, "ANALYZE", "COMMIT"]);
    }

    /// <summary>What a restored virtual table must answer; its rows may be in no table of its own.</summary>
    internal static IReadOnlyList<string> Questions { get; } =
    [
        "SELECT rowid, * FROM words WHERE words MATCH 'lazy OR naïve'",
        "SELECT rowid FROM contentless WHERE contentless MATCH 'quick'",
        "SELECT rowid, title FROM external WHERE external MATCH 'jump'",
        "SELECT * FROM \"odd fts '%\" WHERE x MATCH 'needle'",
        "SELECT * FROM places WHERE x1 >= 2 AND y2 <= 5",
        "SELECT * FROM dear",
        "SELECT * FROM later",
        "SELECT * FROM sqlite_sequence",
        "SELECT * FROM sqlite_stat1 ORDER BY 1, 2",
        "PRAGMA user_version",
        "PRAGMA application_id",
        "PRAGMA page_size",
        "PRAGMA encoding",
        "PRAGMA auto_vacuum",
        "PRAGMA journal_mode",
    ];

    private static IEnumerable<string> OddTables() => OddNames.SelectMany(name =>
    {
        string quoted = $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        return new[]
        {
            $"CREATE TABLE {quoted}({quoted} TEXT, \"rowid\", x AS (1))",
            $"INSERT INTO {quoted} VALUES('v', 1), ('w', 2)",
            $"CREATE INDEX {quoted[..^1]} index\" ON {quoted}({quoted})",
        };
    });

    private static IEnumerable<string> WideTables()
    {
        string columns = string.Join(',', Enumerable.Range(0, 2000).Select(column => $"c{column}"));
        yield return $"CREATE TABLE wide({columns})";
        yield return $"INSERT INTO wide VALUES({string.Join(',', Enumerable.Range(0, 2000))})";
        yield return "INSERT INTO wide(c0, c1999) VALUES('first', 'last')";
        yield return $"CREATE TABLE widekey({columns}, PRIMARY KEY(c1999, c0)) WITHOUT ROWID";
        yield return "INSERT INTO widekey SELECT * FROM wide";
    }
}
