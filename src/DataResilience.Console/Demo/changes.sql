-- What happens in the shop between the first backup and the second: a day of orders, one new user, one new price.
BEGIN;

INSERT INTO users VALUES (4501, 'user4501@example.com', 'BR');

UPDATE products SET price = 4999 WHERE id = 42;

WITH RECURSIVE n (i) AS (SELECT 95001 UNION ALL SELECT i + 1 FROM n WHERE i < 95300)
INSERT INTO orders
SELECT i, 4501, 1 + i * 11 % 500, 1 + i % 5, '2026-11-14', 'To user4501, by courier. Inside: Product ' || (1 + i * 11 % 500) FROM n;

COMMIT;
