-- What only MySQL has.
SET NAMES utf8mb4;
SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO';

SET SESSION sql_generate_invisible_primary_key = ON;
CREATE TABLE generated_key (a int, b varchar(10), KEY a (a));
SET SESSION sql_generate_invisible_primary_key = OFF;
INSERT INTO generated_key VALUES (1, 'x'), (1, 'x'), (NULL, NULL);

CREATE TABLE my_keys (
    id binary(16) NOT NULL DEFAULT (UUID_TO_BIN(UUID())) PRIMARY KEY,
    doc json DEFAULT (JSON_ARRAY('a,)', 'it''s')),
    name varchar(100) NOT NULL,
    tags json,
    place point NOT NULL SRID 4326,
    KEY by_expression ((LOWER(name)), (CAST(doc->>'$.a' AS UNSIGNED)) DESC),
    KEY unseen (name) INVISIBLE,
    UNIQUE KEY unique_expression ((CONCAT(name, ')'))),
    KEY many ((CAST(tags->'$[*]' AS UNSIGNED ARRAY))),
    SPATIAL KEY place (place),
    FULLTEXT KEY grams (name) WITH PARSER ngram,
    CONSTRAINT not_forced CHECK (name <> '') NOT ENFORCED,
    CHECK (LENGTH(name) < 99)
) ENCRYPTION='N' COMPRESSION='none' AUTOEXTEND_SIZE=4M;
INSERT INTO my_keys (id, doc, name, tags, place) VALUES
    (0x00112233445566778899AABBCCDDEEFF, '{"a": 1}', 'Name', '[1, 2, 3]', ST_GeomFromText('POINT(10 20)', 4326)),
    (0x00, NULL, 'é', NULL, ST_GeomFromText('POINT(-90 180)', 4326));

CREATE TABLE json_kinds (id int PRIMARY KEY, j json);
INSERT INTO json_kinds VALUES
    (1, CAST(CAST('2020-01-01 01:02:03.000004' AS DATETIME(6)) AS JSON)), (2, CAST(1.10 AS JSON)), (3, JSON_OBJECT('b', CAST('x' AS BINARY))), (4, CAST(1e0 AS JSON));

CREATE VIEW laterals AS SELECT d.id, j.n, l.m FROM department d JOIN JSON_TABLE('[1,2]', '$[*]' COLUMNS (n int PATH '$')) AS j JOIN LATERAL (SELECT MAX(p.id) AS m FROM person p WHERE p.department = d.id) AS l;
CREATE VIEW windows AS SELECT id, SUM(id) OVER w AS s FROM person WINDOW w AS (PARTITION BY region ORDER BY id);
