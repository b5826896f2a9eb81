namespace DataResilience.Integration.Tests.Format;

/// <summary>The database of the golden repository: every storage class, and tables of every shape.</summary>
internal static class GoldenDatabase
{
    internal static IReadOnlyList<string> First { get; } =
    [
        "PRAGMA user_version = 42",
        "PRAGMA application_id = 1196445764",
        "CREATE TABLE customers(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL COLLATE NOCASE UNIQUE)",
        "CREATE TABLE orders(customer INTEGER REFERENCES customers ON DELETE CASCADE, n INTEGER, total REAL, doubled AS (n * 2), kept AS (n * 3) STORED, PRIMARY KEY(customer, n)) WITHOUT ROWID",
        "CREATE TABLE anything(value, note TEXT)",
        "CREATE TABLE nothing(x)",
        "CREATE INDEX orders_total ON orders(total) WHERE total > 1",
        "CREATE VIEW dear AS SELECT * FROM orders WHERE total > 100",
        "CREATE TRIGGER customers_gone AFTER DELETE ON customers BEGIN INSERT INTO anything VALUES(old.id, 'gone'); END",
        "INSERT INTO anything VALUES(NULL, 'null'), (0, 'zero'), (-2, 'minus two'), (9223372036854775807, 'largest'), (-9223372036854775808, 'smallest')",
        "INSERT INTO anything VALUES(1.5, 'real'), (-0.0, 'minus zero'), (1e-300, 'small'), (9e999, 'infinite'), ('é€😀', 'text'), ('', 'empty text')",
        "INSERT INTO anything VALUES(CAST(x'FF41' AS TEXT), 'not valid UTF-8'), (x'', 'empty blob'), (x'00FF', 'blob'), (zeroblob(3000), 'zeros')",
        "INSERT INTO anything(rowid, value, note) VALUES(1000000, 1, 'far away')",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400) INSERT INTO customers(name) SELECT 'customer ' || i FROM n",
        "INSERT INTO orders(customer, n, total) SELECT id, id % 7, id * 1.25 FROM customers",
    ];

    internal static IReadOnlyList<string> Second { get; } =
    [
        "DELETE FROM customers WHERE id > 398",
        "UPDATE orders SET total = 1 WHERE customer = 7",
        "INSERT INTO customers(name) VALUES('the last one')",
    ];
}
