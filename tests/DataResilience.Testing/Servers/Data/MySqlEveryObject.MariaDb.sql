-- What only MariaDB has.
SET NAMES utf8mb4;
SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO';

CREATE SEQUENCE counting START WITH 100 INCREMENT BY 5 MINVALUE 100 MAXVALUE 1000 CACHE 10 CYCLE;
CREATE SEQUENCE `odd ``sequence` INCREMENT BY -1 NOCACHE;
CREATE SEQUENCE unused;
DO NEXTVAL(counting), NEXTVAL(counting), NEXTVAL(`odd ``sequence`);
CREATE TABLE counted (id int NOT NULL DEFAULT NEXTVAL(counting) PRIMARY KEY, odd bigint DEFAULT (NEXTVAL(`odd ``sequence`) + 1), v varchar(10));
INSERT INTO counted (v) VALUES ('a'), ('b');

CREATE TABLE maria_types (
    id uuid NOT NULL DEFAULT UUID() PRIMARY KEY, i4 inet4, i6 inet6, c text COMPRESSED, cb blob COMPRESSED, j json,
    big text, u varchar(5000) UNIQUE, skipped int, KEY skipped (skipped) IGNORED, UNIQUE KEY long_one (big), KEY i4 (i4 DESC)
);
INSERT INTO maria_types VALUES
    ('00112233-4455-6677-8899-aabbccddeeff', '0.0.0.0', '::', REPEAT('compress me ', 1000), REPEAT(0x0009, 1000), '{"a" :  1}', 'x', 'y', 1),
    ('ffffffff-ffff-ffff-ffff-ffffffffffff', '255.255.255.255', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '', '', '[]', NULL, NULL, NULL),
    ('00000000-0000-1000-8000-000000000000', NULL, '::ffff:1.2.3.4', NULL, NULL, NULL, '', '', 0);

SET timestamp = 1600000000;
CREATE TABLE versioned (id int NOT NULL PRIMARY KEY, v varchar(20), KEY v (v)) WITH SYSTEM VERSIONING;
INSERT INTO versioned VALUES (1, 'one'), (2, 'two'), (3, 'three');
CREATE TABLE versioned_openly (
    id int NOT NULL PRIMARY KEY, v varchar(20), loose int WITHOUT SYSTEM VERSIONING,
    since timestamp(6) GENERATED ALWAYS AS ROW START, until timestamp(6) GENERATED ALWAYS AS ROW END INVISIBLE,
    PERIOD FOR SYSTEM_TIME (since, until)
) WITH SYSTEM VERSIONING;
INSERT INTO versioned_openly (id, v, loose) VALUES (1, 'one', 1);
CREATE TABLE versioned_parts (id int NOT NULL, v int) WITH SYSTEM VERSIONING PARTITION BY SYSTEM_TIME (PARTITION p0 HISTORY, PARTITION pn CURRENT);
INSERT INTO versioned_parts VALUES (1, 1);
CREATE TABLE versioned_by_transaction (
    id int NOT NULL PRIMARY KEY, v int,
    begun bigint unsigned GENERATED ALWAYS AS ROW START, ended bigint unsigned GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (begun, ended)
) ENGINE=InnoDB WITH SYSTEM VERSIONING;
INSERT INTO versioned_by_transaction (id, v) VALUES (1, 1);
SET timestamp = 1600000100;
UPDATE versioned SET v = 'changed' WHERE id = 1;
DELETE FROM versioned WHERE id = 3;
UPDATE versioned_openly SET v = 'changed';
UPDATE versioned_parts SET v = 2;
UPDATE versioned_by_transaction SET v = 2;
SET timestamp = DEFAULT;

CREATE TABLE lasting (id int NOT NULL, starts date, ends date, PERIOD FOR `valid ``time` (starts, ends), UNIQUE KEY no_two (id, `valid ``time` WITHOUT OVERLAPS));
INSERT INTO lasting VALUES (1, '2020-01-01', '2021-01-01'), (1, '2021-01-01', '2022-01-01');
CREATE TABLE in_aria (id int NOT NULL PRIMARY KEY, v int, KEY v (v)) ENGINE=Aria TRANSACTIONAL=1;
INSERT INTO in_aria VALUES (1, 1);
CREATE TABLE paged (id int PRIMARY KEY, v text CHECK (v <> 'x,)')) PAGE_COMPRESSED=1;

DELIMITER //
CREATE AGGREGATE FUNCTION last_of(x int) RETURNS int DETERMINISTIC
BEGIN
    DECLARE n int;
    DECLARE CONTINUE HANDLER FOR NOT FOUND RETURN n;
    LOOP
        FETCH GROUP NEXT ROW;
        SET n = x;
    END LOOP;
END//
CREATE PROCEDURE from_row_type() BEGIN DECLARE r ROW TYPE OF person; FOR i IN (SELECT id FROM person) DO SELECT i.id; END FOR; END//
SET sql_mode = ORACLE//
CREATE PACKAGE tools AS
    FUNCTION twice(n int) RETURN int;
    PROCEDURE nothing;
END;
//
CREATE PACKAGE BODY tools AS
    one int := 1;
    FUNCTION twice(n int) RETURN int AS BEGIN RETURN n * 2; END;
    PROCEDURE nothing AS BEGIN NULL; END;
BEGIN
    one := 'x''y';
END;
//
CREATE FUNCTION "oracle's"(n IN int) RETURN varchar2 DETERMINISTIC AS BEGIN RETURN 'a' || n || '"'; END;
//
SET sql_mode = ''//
DELIMITER ;
CREATE VIEW from_sequence AS SELECT NEXTVAL(counting) AS n, m.id FROM maria_types m;
CREATE VIEW of_the_past AS SELECT v.* FROM versioned FOR SYSTEM_TIME ALL AS v;
CREATE VIEW excepts AS SELECT id FROM person EXCEPT SELECT id FROM department;
