-- The shop of `dataresilience demo`, before the change. Every value follows from its row's number, so that the
-- database is the same whenever it is made.
PRAGMA page_size = 4096;
PRAGMA journal_mode = DELETE;
PRAGMA foreign_keys = ON;

BEGIN;

CREATE TABLE users (
    id      INTEGER PRIMARY KEY,
    email   TEXT NOT NULL UNIQUE,
    country TEXT NOT NULL
);

CREATE TABLE products (
    id    INTEGER PRIMARY KEY,
    name  TEXT NOT NULL,
    price INTEGER NOT NULL CHECK (price > 0)
);

CREATE TABLE orders (
    id         INTEGER PRIMARY KEY,
    user_id    INTEGER NOT NULL REFERENCES users (id),
    product_id INTEGER NOT NULL REFERENCES products (id),
    quantity   INTEGER NOT NULL,
    ordered_on TEXT NOT NULL,
    label      TEXT NOT NULL
);

WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4500)
INSERT INTO users
SELECT i, 'user' || i || '@example.com', substr('ATCHDEESFRGBITJPMXNLNOPTSEUS', (i * 7 % 14) * 2 + 1, 2) FROM n;

WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
INSERT INTO products
SELECT i, 'Product ' || i, 100 + i * 379 % 9900 FROM n;

WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 95000)
INSERT INTO orders
SELECT i, 1 + i % 4500, 1 + i % 500, 1 + i % 5, date('2026-01-01', (i / 300) || ' days'),
       'To user' || (1 + i % 4500) || ', please ring twice, else leave it with a neighbour or at the nearest parcel shop. Inside: Product '
       || (1 + i % 500) FROM n;

CREATE INDEX orders_by_user ON orders (user_id);

CREATE VIEW revenue AS
SELECT p.name, sum(o.quantity * p.price) AS cents
FROM orders AS o JOIN products AS p ON p.id = o.product_id
GROUP BY p.id;

COMMIT;
