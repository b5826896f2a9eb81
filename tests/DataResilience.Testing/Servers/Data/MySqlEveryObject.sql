-- What MySQL and MariaDB have in common: every type of column with its extreme values, and every kind of object.
-- For the client programs mysql and mariadb, in an empty database whose default character set is utf8mb4.
SET NAMES utf8mb4;
SET time_zone = '+00:00';
SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO';

CREATE USER IF NOT EXISTS 'dr_definer'@'localhost' ACCOUNT LOCK;
CREATE USER IF NOT EXISTS 'dr odd`user''s'@'%' ACCOUNT LOCK;

-- Values. 2147483647 and the like are the ends of their types; NULL, empty and one beyond ASCII stand in every column that takes them.

CREATE TABLE numbers (
    id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
    t tinyint, tu tinyint unsigned, b bool, s smallint, su smallint unsigned, m mediumint, mu mediumint unsigned,
    i int, iu int unsigned zerofill, l bigint, lu bigint unsigned,
    n decimal(65,30), d decimal(10,0), f float, g double, fu float unsigned,
    b1 bit(1), b10 bit(10), b64 bit(64)
);
INSERT INTO numbers VALUES
    (0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    (-2147483648, -128, 0, 0, -32768, 0, -8388608, 0, -2147483648, 0, -9223372036854775808, 0,
        -99999999999999999999999999999999999.999999999999999999999999999999, -9999999999, -3.402823466E+38, -1.7976931348623157E+308, 0, b'0', b'0', b'0'),
    (2147483646, 127, 255, 1, 32767, 65535, 8388607, 16777215, 2147483647, 4294967295, 9223372036854775807, 18446744073709551615,
        99999999999999999999999999999999999.999999999999999999999999999999, 9999999999, 3.402823466E+38, 1.7976931348623157E+308, 3.4E+38,
        b'1', b'1111111111', b'1111111111111111111111111111111111111111111111111111111111111111'),
    (1, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 0.000000000000000000000000000001, 9, 1.17549435E-38, 2.2250738585072014E-308, 0.1, b'1', b'101011100', 0x095C0A00095C0D1A),
    (2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3.14159265, 0.1, 16777217, b'0', b'1001', 0x2727275C5C5C2222),
    (3, -1, 1, -1, -1, 1, -1, 1, -1, 1, -1, 1, -1.5, -1, -0.0, -0.0, 123456.789, b'1', b'1011100', 0x00);

CREATE TABLE texts (
    id int NOT NULL PRIMARY KEY,
    c char(10), v varchar(200), t tinytext, x text, m mediumtext, l longtext,
    latin varchar(100) CHARACTER SET latin1, wide varchar(100) CHARACTER SET utf16, wider varchar(100) CHARACTER SET utf32,
    chinese varchar(100) CHARACTER SET gbk, japanese varchar(100) CHARACTER SET sjis, three varchar(100) CHARACTER SET utf8mb3,
    exact varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, plain varchar(100) CHARACTER SET ascii,
    e enum('a','b''c','d\\e','ü,x','') CHARACTER SET utf8mb4, e2 enum('yes','no'), s set('x','y','z w','ö')
);
INSERT INTO texts VALUES
    (1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    (2, '', '', '', '', '', '', '', '', '', '', '', '', '', '', '', 'yes', ''),
    (3, ' a', 'a ', '\0', '\t\n\r\0\Z\\''"%_', '\\N', 'NULL', 'é€ÿ', '𝄞é', '𝄞é', '中文', '表ソ', 'é中', 'A', 'a', 'b''c', 'no', 'x,z w'),
    (4, '😀', '😀\\😀', '\\', '\n', '\t', '''', '\\', '\\', '\\', '\\', '\\', '\\', 'a', '\\', 'd\\e', NULL, 'ö'),
    (5, 'ß', CONCAT(REPEAT('x', 199), 'é'), REPEAT('y', 255), REPEAT('é\n', 20000), REPEAT('m', 100000), REPEAT('0123456789\t', 100000),
        'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'ü,x', 'yes', 'x,y,z w,ö');
INSERT IGNORE INTO texts (id, e, e2) VALUES (6, 'none of them', 'none of them');

CREATE TABLE bytes (
    id int NOT NULL PRIMARY KEY,
    b binary(4), v varbinary(1000), t tinyblob, x blob, m mediumblob, l longblob
);
INSERT INTO bytes VALUES
    (1, NULL, NULL, NULL, NULL, NULL, NULL),
    (2, '', '', '', '', '', ''),
    (3, 0x0009, 0x00, 0x09, 0x0A, 0x5C, 0x5C4E),
    (4, 0xFFFFFFFF, 0x0D0A1A, 0x27, 0x22, 0xC3, 0xF09F);
-- Every value that a byte has, in an order and alone.
INSERT INTO bytes (id, b, v)
    WITH RECURSIVE every (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM every WHERE n < 255) SELECT 100 + n, UNHEX(LPAD(HEX(n), 2, '0')), UNHEX(LPAD(HEX(n), 2, '0')) FROM every;
INSERT INTO bytes (id, x)
    SELECT 5, GROUP_CONCAT(v ORDER BY id SEPARATOR '') FROM bytes WHERE id BETWEEN 100 AND 355;

CREATE TABLE times (
    id int NOT NULL PRIMARY KEY,
    d date, t time, t6 time(6), dt datetime, dt6 datetime(6), ts timestamp NULL, ts6 timestamp(6) NULL, y year,
    made timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP
);
INSERT INTO times VALUES
    (1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2000-01-01 00:00:00'),
    (2, '0000-00-00', '-838:59:59', '-838:59:59.000000', '0000-00-00 00:00:00', '0000-00-00 00:00:00', '0000-00-00 00:00:00', '0000-00-00 00:00:00', 0, '0000-00-00 00:00:00'),
    (3, '9999-12-31', '838:59:59', '838:59:59.000000', '9999-12-31 23:59:59', '9999-12-31 23:59:59.999999', '2038-01-19 03:14:07', '2038-01-19 03:14:07.499999', 2155, '2000-01-01 00:00:00'),
    (4, '1000-01-01', '00:00:00', '00:00:00.000001', '1000-01-01 00:00:00', '1000-01-01 00:00:00.000001', '1970-01-01 00:00:01', '1970-01-01 00:00:01.000001', 1901, '2000-01-01 00:00:00'),
    (5, '2023-00-00', '-00:00:01', '-00:00:00.5', '2023-01-00 00:00:00', '2024-03-31 02:30:00.5', '2024-03-31 01:30:00', '2024-10-27 01:30:00.123456', 1970, '2000-01-01 00:00:00');

CREATE TABLE documents (id int NOT NULL PRIMARY KEY, j json);
INSERT INTO documents VALUES
    (1, NULL), (2, 'null'), (3, '{}'), (4, '[]'), (5, '""'),
    (6, '{"a": [1, -1.5, 1e10, true, null, "é😀\\n\\t\\\\\\"/"], "": {"b": {}}, "9007199254740993": 18446744073709551615}');

CREATE TABLE shapes (id int NOT NULL PRIMARY KEY, g geometry, p point NOT NULL, l linestring, a polygon, mp multipoint, ml multilinestring, ma multipolygon, c geometrycollection, SPATIAL KEY place (p));
INSERT INTO shapes VALUES
    (1, NULL, ST_GeomFromText('POINT(0 0)'), NULL, NULL, NULL, NULL, NULL, NULL),
    (2, ST_GeomFromText('LINESTRING(1 2,3 4)'), ST_GeomFromText('POINT(-1.5 1e30)'), ST_GeomFromText('LINESTRING(0 0,1 1)'),
        ST_GeomFromText('POLYGON((0 0,0 1,1 1,0 0))'), ST_GeomFromText('MULTIPOINT(1 1,2 2)'), ST_GeomFromText('MULTILINESTRING((0 0,1 1),(2 2,3 3))'),
        ST_GeomFromText('MULTIPOLYGON(((0 0,0 1,1 1,0 0)))'), ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 1),LINESTRING(0 0,1 1))')),
    (3, ST_GeomFromText('POINT(10 20)', 4326), ST_GeomFromText('POINT(5 5)'), NULL, NULL, NULL, NULL, NULL, NULL);

-- Columns that the server computes, that are not shown, or that are all there is.

CREATE TABLE computed (
    a int NOT NULL DEFAULT 1,
    total int GENERATED ALWAYS AS (a + b) VIRTUAL,
    b int DEFAULT NULL COMMENT 'a, b) and `c` /* not one */ -- none; ''quoted'' "twice" \\ back',
    kept varchar(50) GENERATED ALWAYS AS (CONCAT('it''s \\ ', a, '`)')) STORED,
    hidden varchar(20) DEFAULT 'x''y\\z' INVISIBLE,
    id bigint NOT NULL AUTO_INCREMENT,
    word varchar(50) NOT NULL DEFAULT '',
    moment datetime(3) DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
    rolled varchar(40) DEFAULT (CONCAT('(', 'now', ',')),
    CONSTRAINT `few``ticks` CHECK (a <> 7 AND word <> ') , KEY `x` (`y`)'),
    KEY first_plain (b, a),
    UNIQUE KEY counter (id),
    UNIQUE KEY pair (a, word),
    UNIQUE KEY `part of, it` (word(3), b),
    KEY down (a DESC, b) COMMENT 'with, comma) and ''quote''; \\',
    KEY on_total (total),
    KEY on_kept (kept),
    FULLTEXT KEY words (word)
) COMMENT='all; */ ''kinds'' of -- # `columns` \\ "é😀"' AUTO_INCREMENT=1000;
INSERT INTO computed (a, b, hidden, id, word, moment) VALUES (1, 2, 'h', 5, 'some words', '2001-01-01'), (2, NULL, NULL, 6, '', NULL);

CREATE TABLE only_computed (one int GENERATED ALWAYS AS (1) VIRTUAL, two int GENERATED ALWAYS AS (2) STORED);
INSERT INTO only_computed () VALUES (), (), ();

CREATE TABLE later_counter (a int, b int, n int NOT NULL AUTO_INCREMENT, KEY ka (a), KEY kn (n), KEY kb (b));
INSERT INTO later_counter VALUES (1, 1, 1), (1, 1, 7);

-- Names of all kinds.

CREATE TABLE `odd ``table``, "with" 'all'; of.it/ é表` (
    `select` int NOT NULL,
    `a``b` int,
    `KEY (``x``),` int,
    `é.表 \\` varchar(10) CHARACTER SET latin1 DEFAULT 'é',
    PRIMARY KEY (`select`),
    KEY `k``), (` (`a``b`, `KEY (``x``),`),
    UNIQUE KEY `é.表` (`é.表 \\`)
);
INSERT INTO `odd ``table``, "with" 'all'; of.it/ é表` VALUES (1, 2, 3, 'é');
CREATE TABLE `CaseDiffers` (id int PRIMARY KEY);
CREATE TABLE `casediffers` (id int PRIMARY KEY, twice int, KEY (twice));
CREATE TABLE `dash-name` (`from` int PRIMARY KEY);
CREATE TABLE `1` (`2` int PRIMARY KEY);

-- Keys: in a circle, to itself, of several columns, to a unique key, with every action.

CREATE TABLE department (
    id int NOT NULL PRIMARY KEY, head int, region char(2) NOT NULL, code int NOT NULL, parent int,
    UNIQUE KEY place (region, code),
    CONSTRAINT above FOREIGN KEY (parent) REFERENCES department (id) ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE TABLE person (
    id int NOT NULL PRIMARY KEY, department int NOT NULL, region char(2) NOT NULL, code int NOT NULL, boss int,
    KEY by_place (region, code),
    CONSTRAINT `in ``it``` FOREIGN KEY (department) REFERENCES department (id) ON DELETE CASCADE,
    CONSTRAINT zone FOREIGN KEY (region, code) REFERENCES department (region, code) ON UPDATE RESTRICT,
    FOREIGN KEY (boss) REFERENCES person (id) ON DELETE NO ACTION
);
INSERT INTO department VALUES (1, NULL, 'aa', 1, NULL), (2, NULL, 'bb', 2, 1), (3, NULL, 'aa', 3, 3);
INSERT INTO person VALUES (1, 1, 'aa', 1, NULL), (2, 2, 'bb', 2, 1), (3, 2, 'bb', 2, 3);
ALTER TABLE department ADD CONSTRAINT led_by FOREIGN KEY (head) REFERENCES person (id);
UPDATE department SET head = id;
CREATE TABLE composite (a int NOT NULL, b varchar(20) NOT NULL, c datetime(6) NOT NULL, v text, PRIMARY KEY (a, b DESC, c), KEY v (v(10)));
INSERT INTO composite VALUES (1, 'x', '2020-01-01', 'v'), (1, 'y', '2020-01-01', 'v'), (2, '', '2020-01-01 00:00:00.000001', NULL);
CREATE TABLE unique_only (code varchar(20) NOT NULL, other int NOT NULL, maybe int, UNIQUE KEY maybe (maybe), UNIQUE KEY both_of (code, other), KEY other (other));
INSERT INTO unique_only VALUES ('a', 1, NULL), ('a', 2, NULL), ('b', 1, 5);
CREATE TABLE keyless (a int, b varchar(10));
INSERT INTO keyless VALUES (1, 'x'), (1, 'x'), (NULL, NULL), (2, '');
CREATE TABLE empty_one (id int PRIMARY KEY, b longblob);

-- Partitions.

CREATE TABLE by_range (id int NOT NULL, made date NOT NULL, v int, PRIMARY KEY (id, made), KEY v (v))
    PARTITION BY RANGE (TO_DAYS(made)) (
        PARTITION before2020 VALUES LESS THAN (TO_DAYS('2020-01-01')) COMMENT = 'old, (one) ''',
        PARTITION `odd ``part` VALUES LESS THAN (TO_DAYS('2021-01-01')),
        PARTITION rest VALUES LESS THAN MAXVALUE);
INSERT INTO by_range VALUES (1, '2019-05-05', 1), (2, '2020-05-05', 2), (3, '2030-01-01', 3);
CREATE TABLE by_range_columns (a int, b varchar(10), c date) PARTITION BY RANGE COLUMNS (a, b) (
    PARTITION p0 VALUES LESS THAN (10, 'm,)'), PARTITION p1 VALUES LESS THAN (10, MAXVALUE), PARTITION p2 VALUES LESS THAN (MAXVALUE, MAXVALUE));
INSERT INTO by_range_columns VALUES (1, 'a', NULL), (10, 'z', '2020-01-01'), (11, '', NULL);
CREATE TABLE by_list (id int NOT NULL, kind varchar(10) NOT NULL, PRIMARY KEY (id, kind), KEY kind (kind))
    PARTITION BY LIST COLUMNS (kind) (PARTITION a VALUES IN ('a', 'b''c'), PARTITION b VALUES IN ('d)', 'e;'));
INSERT INTO by_list VALUES (1, 'a'), (2, 'b''c'), (3, 'd)');
CREATE TABLE by_hash (id int NOT NULL PRIMARY KEY, v varchar(10)) PARTITION BY LINEAR HASH (id) PARTITIONS 3;
INSERT INTO by_hash VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, NULL);
CREATE TABLE by_key (id int NOT NULL, v varchar(10), UNIQUE KEY only_unique (id, v)) PARTITION BY KEY (id) PARTITIONS 2;
INSERT INTO by_key VALUES (1, 'a'), (2, NULL), (2, NULL);
CREATE TABLE by_both (id int NOT NULL, y int NOT NULL, PRIMARY KEY (id, y))
    PARTITION BY RANGE (y) SUBPARTITION BY HASH (id) (
        PARTITION p0 VALUES LESS THAN (2000) (SUBPARTITION s0, SUBPARTITION s1), PARTITION p1 VALUES LESS THAN MAXVALUE (SUBPARTITION s2, SUBPARTITION s3));
INSERT INTO by_both VALUES (1, 1999), (2, 1999), (3, 2020), (4, 2021);

-- Engines and options.

CREATE TABLE isam (id int NOT NULL AUTO_INCREMENT, kind int NOT NULL, v varchar(10), PRIMARY KEY (kind, id), KEY v (v), FULLTEXT KEY f (v)) ENGINE=MyISAM CHECKSUM=1 DELAY_KEY_WRITE=1 MAX_ROWS=1000;
INSERT INTO isam (kind, v) VALUES (1, 'a'), (1, 'b'), (2, 'c');
CREATE TABLE isam_too (id int NOT NULL, v int, KEY id (id)) ENGINE=MyISAM;
INSERT INTO isam_too VALUES (1, 1);
CREATE TABLE isam_three (id int NOT NULL, v int, KEY id (id)) ENGINE=MyISAM;
INSERT INTO isam_three VALUES (2, 2);
CREATE TABLE a_union (id int NOT NULL, v int, KEY id (id)) ENGINE=MRG_MyISAM UNION=(isam_too, isam_three) INSERT_METHOD=LAST;
CREATE TABLE in_memory (id int NOT NULL, v varchar(10), PRIMARY KEY (id) USING HASH, KEY v (v) USING BTREE) ENGINE=MEMORY;
INSERT INTO in_memory VALUES (1, 'a');
CREATE TABLE archived (id int, v varchar(10)) ENGINE=ARCHIVE;
INSERT INTO archived VALUES (1, 'a'), (2, NULL);
CREATE TABLE commas (id int NOT NULL, v varchar(10) NOT NULL) ENGINE=CSV;
INSERT INTO commas VALUES (1, 'a,"b"');
CREATE TABLE nothing (id int) ENGINE=BLACKHOLE;
CREATE TABLE row_formats (id int PRIMARY KEY, v text) ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=4 STATS_PERSISTENT=1 STATS_AUTO_RECALC=0 STATS_SAMPLE_PAGES=10 DEFAULT CHARSET=latin1 COMMENT='é';
INSERT INTO row_formats VALUES (1, 'é');

-- Views, some of them on others whose names come later.

CREATE VIEW z_base AS SELECT id, region, code FROM department WHERE region <> 'it''s z_top.`x` from `person`';
CREATE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW m_middle (number, `the region`) AS SELECT id, region FROM z_base WHERE id > 0 WITH CASCADED CHECK OPTION;
CREATE ALGORITHM=TEMPTABLE DEFINER='dr_definer'@'localhost' VIEW a_top AS
    SELECT m.`the region`, COUNT(*) AS n, (SELECT MAX(id) FROM z_base) AS most FROM m_middle AS m LEFT JOIN (person AS p JOIN department d ON d.id = p.department) ON p.id = m.number GROUP BY 1 HAVING n > 0;
CREATE VIEW `view ``on`` é` AS WITH RECURSIVE m_middle_too (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM m_middle_too WHERE n < 3), z_other AS (SELECT * FROM m_middle)
    SELECT t.n, z.`the region`, TRIM(BOTH 'x' FROM z.`the region`) AS trimmed, EXTRACT(YEAR FROM '2020-01-01') AS y FROM m_middle_too t JOIN z_other z;
CREATE VIEW b_checked AS SELECT * FROM z_base WHERE code IN (SELECT code FROM person) WITH LOCAL CHECK OPTION;
CREATE VIEW `odd view` AS SELECT `a``b` AS `x``y`, `KEY (``x``),` FROM `odd ``table``, "with" 'all'; of.it/ é表`;

SET collation_connection = latin1_swedish_ci;
CREATE VIEW under_latin1 AS SELECT 'text' AS t, id FROM numbers;
SET NAMES utf8mb4;

-- What is called, what fires, what runs by the clock; each under settings of its own.

DELIMITER //
CREATE FUNCTION plus_one(n int) RETURNS int DETERMINISTIC NO SQL COMMENT 'adds; ''one'' */ \\' RETURN n + 1//
CREATE FUNCTION how_many(r char(2)) RETURNS int READS SQL DATA SQL SECURITY INVOKER
BEGIN
    DECLARE n int; -- a comment; with a semicolon
    SELECT COUNT(*) INTO n FROM z_base WHERE region = r; # another ' one
    /* and `one` more " */
    RETURN n;
END//
CREATE DEFINER='dr odd`user''s'@'%' FUNCTION `odd ``function`(`x``y` varchar(10) CHARACTER SET latin1) RETURNS varchar(20) CHARSET utf8mb4 DETERMINISTIC
    RETURN CONCAT(`x``y`, 'é😀', "it's", '\\')//
CREATE PROCEDURE many_kinds(IN a int, OUT b varchar(10), INOUT c datetime(3)) MODIFIES SQL DATA
BEGIN
    DECLARE done int DEFAULT 0;
    DECLARE cur CURSOR FOR SELECT id FROM person;
    DECLARE CONTINUE HANDLER FOR NOT FOUND SET done = 1;
    walk: LOOP
        LEAVE walk;
    END LOOP;
    SET b = 'x';
END//
SET sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT,NO_BACKSLASH_ESCAPES'//
CREATE PROCEDURE "under ansi"("in" int) BEGIN SELECT "in" || 'a\' || 'it''s' AS "x""y" FROM "numbers"; END//
CREATE TRIGGER "ansi trigger" AFTER DELETE ON "numbers" FOR EACH ROW BEGIN DELETE FROM "log" WHERE "what" = 'a\'; END//
SET sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE'//
CREATE TABLE log (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, what varchar(100), at datetime DEFAULT '2000-01-01')//
CREATE TRIGGER first_written BEFORE INSERT ON person FOR EACH ROW SET NEW.region = LOWER(NEW.region)//
CREATE TRIGGER last_written BEFORE INSERT ON person FOR EACH ROW BEGIN
    IF NEW.boss IS NULL THEN
        SET NEW.boss = NEW.id; -- '
    END IF;
END//
CREATE TRIGGER a_middle BEFORE INSERT ON person FOR EACH ROW PRECEDES last_written SET NEW.code = plus_one(NEW.code)//
CREATE TRIGGER before_all BEFORE INSERT ON person FOR EACH ROW PRECEDES first_written SET NEW.code = NEW.code + 1//
CREATE DEFINER='dr_definer'@'localhost' TRIGGER `odd ``trigger` AFTER UPDATE ON `odd ``table``, "with" 'all'; of.it/ é表` FOR EACH ROW INSERT INTO log (what) VALUES ('é; it''s')//
CREATE TRIGGER on_delete AFTER DELETE ON department FOR EACH ROW INSERT INTO log (what) VALUES (OLD.region)//
SET time_zone = 'SYSTEM'//
CREATE EVENT `every ``hour` ON SCHEDULE EVERY 1 HOUR STARTS '2035-01-01 00:00:00' ENDS '2036-01-01 00:00:00' ON COMPLETION PRESERVE DISABLE COMMENT 'it''s; */' DO DELETE FROM log WHERE at < NOW()//
SET time_zone = '+05:30'//
CREATE DEFINER='dr_definer'@'localhost' EVENT once_later ON SCHEDULE AT '2037-12-31 23:59:59' DO BEGIN SELECT 1; SELECT 'é'; END//
SET time_zone = '+00:00'//
CREATE EVENT enabled_one ON SCHEDULE EVERY '1:30' HOUR_MINUTE STARTS '2036-01-01 00:00:00' ENABLE DO CALL many_kinds(1, @a, @b)//
SET NAMES latin1//
CREATE PROCEDURE from_latin1() SELECT 'plain' AS a//
CREATE TRIGGER latin1_trigger BEFORE UPDATE ON texts FOR EACH ROW SET NEW.c = 'x'//
SET NAMES utf8mb4//
SET sql_mode = ''//
DELIMITER ;
CREATE VIEW calls_function AS SELECT plus_one(id) AS next_id, how_many('aa') AS many FROM department;
