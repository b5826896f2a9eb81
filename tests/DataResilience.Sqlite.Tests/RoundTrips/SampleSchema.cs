namespace DataResilience.Sqlite.Tests;

/// <summary>Scripts of databases that hold much.</summary>
internal static class SampleSchema
{
    internal static IReadOnlyList<string> EverythingOrdinary { get; } =
    [
        "CREATE TABLE shop(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL COLLATE NOCASE UNIQUE, price REAL CHECK(price >= 0))",
        "CREATE TABLE orders(shop INTEGER NOT NULL REFERENCES shop ON DELETE CASCADE, n INTEGER, total AS (n * 2), kept AS (n * 3) STORED, PRIMARY KEY(shop, n)) WITHOUT ROWID",
        "CREATE TABLE other(id INTEGER PRIMARY KEY DESC, note TEXT DEFAULT 'it''s', at TEXT DEFAULT CURRENT_TIMESTAMP)",
        "ALTER TABLE other ADD COLUMN added INTEGER NOT NULL DEFAULT 5",
        "ALTER TABLE other RENAME TO notes",
        "CREATE INDEX notes_partial ON notes(note DESC) WHERE note IS NOT NULL",
        "CREATE UNIQUE INDEX notes_expression ON notes(lower(note) COLLATE BINARY, id)",
        "CREATE TABLE log(message)",
        "CREATE VIEW dear AS SELECT * FROM shop WHERE price > 10",
        "CREATE VIEW later AS SELECT * FROM dear",
        "CREATE TRIGGER shop_insert AFTER INSERT ON shop BEGIN INSERT INTO log VALUES('inserted ' || new.id); END",
        "CREATE TRIGGER dear_insert INSTEAD OF INSERT ON dear BEGIN INSERT INTO shop(name, price) VALUES(new.name, new.price); END",
        "INSERT INTO shop(name, price) VALUES('a', 1), ('b', 20), ('c', 0)",
        "INSERT INTO dear(name, price) VALUES('d', 50)",
        "DELETE FROM shop WHERE name = 'd'",
        "INSERT INTO orders(shop, n) VALUES(1, 1), (1, 2), (2, 1)",
        "INSERT INTO notes(id, note) VALUES(1, 'x'), (2, NULL), (7, 'y')",
        "ANALYZE",
        "UPDATE sqlite_sequence SET seq = 1000 WHERE name = 'shop'",
    ];
}
