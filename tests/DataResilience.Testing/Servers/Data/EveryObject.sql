-- One of every kind of object that pg_dump knows, for PostgreSQL 13 and newer, run by psql as a superuser.
-- EveryObject.Cluster.sql comes before it; what newer versions have is in EveryObject.Since<version>.sql.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;

-- The database itself
SELECT current_database() AS database \gset
COMMENT ON DATABASE :"database" IS 'every object, and a ''quote''';
ALTER DATABASE :"database" SET work_mem = '5MB';
ALTER DATABASE :"database" SET search_path = "$user", public, shop;
ALTER DATABASE :"database" CONNECTION LIMIT 50;
ALTER ROLE dr_reader IN DATABASE :"database" SET statement_timeout = '90s';
GRANT CONNECT, TEMPORARY ON DATABASE :"database" TO dr_reader;

-- Schemas and extensions
CREATE SCHEMA shop;
CREATE SCHEMA "odd schema/%.""x" AUTHORIZATION dr_owner;
COMMENT ON SCHEMA shop IS 'the shop';
GRANT USAGE ON SCHEMA shop TO dr_reader, dr_writer;
GRANT USAGE, CREATE ON SCHEMA shop TO dr_owner;
CREATE SCHEMA ext;
GRANT USAGE ON SCHEMA ext TO PUBLIC;
CREATE EXTENSION citext SCHEMA ext;
CREATE EXTENSION hstore SCHEMA ext;
CREATE EXTENSION pg_trgm SCHEMA ext;
CREATE EXTENSION btree_gist SCHEMA ext;
CREATE EXTENSION postgres_fdw SCHEMA ext;
COMMENT ON EXTENSION hstore IS 'keys and values, our own words';

-- Types
CREATE TYPE shop.mood AS ENUM ('sad', 'it''s ok', 'happy');
ALTER TYPE shop.mood ADD VALUE 'mixed' BEFORE 'happy';
CREATE TYPE shop.empty_enum AS ENUM ();
CREATE TYPE shop.address AS (street text COLLATE "C", number integer, "post code" varchar(10));
COMMENT ON COLUMN shop.address.street IS 'with its number';
CREATE FUNCTION shop.float8_gap(float8, float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT $2 - $1';
CREATE TYPE shop.float_range AS RANGE (subtype = float8, subtype_diff = shop.float8_gap);
CREATE DOMAIN shop.positive AS integer DEFAULT 1 CONSTRAINT is_positive CHECK (VALUE > 0);
ALTER DOMAIN shop.positive ADD CONSTRAINT is_small CHECK (VALUE < 1000000) NOT VALID;
COMMENT ON CONSTRAINT is_positive ON DOMAIN shop.positive IS 'above zero';
GRANT USAGE ON TYPE shop.mood TO dr_reader;
CREATE TYPE shop.shell;
CREATE TYPE shop.code;
CREATE FUNCTION shop.code_in(cstring) RETURNS shop.code LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION shop.code_out(shop.code) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE shop.code (INPUT = shop.code_in, OUTPUT = shop.code_out, LIKE = pg_catalog.text);

-- Functions, procedures, aggregates
CREATE FUNCTION shop.plus_one(value integer) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 7 AS $$ SELECT value + 1 $$;
CREATE FUNCTION shop.as_dumped() RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
--
-- Name: fake; Type: TABLE; Schema: shop; Owner: dr_owner
--
BEGIN
    RETURN 'CREATE TABLE shop.fake (id integer);' || E'\\connect';
END
$body$;
ALTER FUNCTION shop.as_dumped() OWNER TO dr_owner;
REVOKE ALL ON FUNCTION shop.as_dumped() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION shop.as_dumped() TO dr_reader;
COMMENT ON FUNCTION shop.as_dumped() IS '--
-- Name: fake; Type: TABLE; Schema: shop; Owner: dr_owner
--

CREATE TABLE shop.fake (id integer);';
CREATE FUNCTION shop.many(VARIADIC items text[] DEFAULT '{}', OUT total integer, OUT first text) RETURNS record
    LANGUAGE sql STABLE AS $$ SELECT cardinality(items), items[1] $$;
CREATE PROCEDURE shop.tidy(INOUT done integer) LANGUAGE plpgsql AS $$ BEGIN done := done + 1; END $$;
ALTER PROCEDURE shop.tidy(integer) OWNER TO dr_owner;
CREATE AGGREGATE shop.total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');
ALTER AGGREGATE shop.total(integer) OWNER TO dr_owner;
COMMENT ON AGGREGATE shop.total(integer) IS 'a sum';
CREATE AGGREGATE shop.middle(ORDER BY anyelement)
    (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = mode_final, FINALFUNC_EXTRA);

-- Operators, classes, families, casts, conversions, collations
CREATE FUNCTION shop.same(shop.address, shop.address) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT ($1).number = ($2).number';
CREATE OPERATOR shop.=== (LEFTARG = shop.address, RIGHTARG = shop.address, FUNCTION = shop.same, COMMUTATOR = OPERATOR(shop.===));
CREATE OPERATOR shop.!!! (RIGHTARG = integer, FUNCTION = shop.plus_one);
ALTER OPERATOR shop.=== (shop.address, shop.address) OWNER TO dr_owner;
CREATE OPERATOR FAMILY shop.wholes USING btree;
ALTER OPERATOR FAMILY shop.wholes USING btree OWNER TO dr_owner;
CREATE OPERATOR CLASS shop.whole_ops FOR TYPE integer USING btree FAMILY shop.wholes AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(integer, integer);
ALTER OPERATOR CLASS shop.whole_ops USING btree OWNER TO dr_owner;
ALTER OPERATOR FAMILY shop.wholes USING btree ADD
    OPERATOR 1 < (integer, bigint), OPERATOR 2 <= (integer, bigint), OPERATOR 3 = (integer, bigint),
    OPERATOR 4 >= (integer, bigint), OPERATOR 5 > (integer, bigint), FUNCTION 1 (integer, bigint) btint48cmp(integer, bigint);
CREATE FUNCTION shop.address_text(shop.address) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ($1).street';
CREATE CAST (shop.address AS text) WITH FUNCTION shop.address_text(shop.address) AS ASSIGNMENT;
CREATE CAST (shop.mood AS varchar) WITH INOUT;
CREATE CONVERSION shop.our_latin1 FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE COLLATION shop.ignore_case (PROVIDER = icu, LOCALE = 'und-u-ks-level2', DETERMINISTIC = false);
CREATE COLLATION shop.plain FROM "C";
ALTER COLLATION shop.plain OWNER TO dr_owner;
CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal), TO SQL WITH FUNCTION int4recv(internal));
CREATE FUNCTION shop.handler() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE LANGUAGE dr_language HANDLER shop.handler;
COMMENT ON LANGUAGE dr_language IS 'plpgsql by another name';
CREATE ACCESS METHOD dr_btree TYPE INDEX HANDLER bthandler;
CREATE ACCESS METHOD dr_heap TYPE TABLE HANDLER heap_tableam_handler;

-- Text search
CREATE TEXT SEARCH DICTIONARY shop.words (TEMPLATE = simple, STOPWORDS = 'english');
ALTER TEXT SEARCH DICTIONARY shop.words OWNER TO dr_owner;
CREATE TEXT SEARCH TEMPLATE shop.plain_words (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH PARSER shop.parts (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype, HEADLINE = prsd_headline);
CREATE TEXT SEARCH CONFIGURATION shop.search (PARSER = pg_catalog."default");
ALTER TEXT SEARCH CONFIGURATION shop.search ADD MAPPING FOR asciiword, word WITH shop.words;
COMMENT ON TEXT SEARCH CONFIGURATION shop.search IS 'for products';

-- Sequences
CREATE SEQUENCE shop.every_option AS smallint INCREMENT BY -3 MINVALUE -30000 MAXVALUE -1 START -4 CACHE 5 CYCLE;
CREATE SEQUENCE shop.untouched START 42;
CREATE SEQUENCE shop.called;
CREATE SEQUENCE "odd schema/%.""x"."odd sequence é" MAXVALUE 9223372036854775806;
SELECT nextval('shop.every_option'), setval('shop.called', 77, true), setval('"odd schema/%.""x"."odd sequence é"', 9007199254740993, false)
\g /dev/null
ALTER SEQUENCE shop.called OWNER TO dr_owner;
GRANT USAGE ON SEQUENCE shop.called TO dr_reader;
COMMENT ON SEQUENCE shop.called IS 'counts';

-- Tables
CREATE TABLE shop.customer (
    id serial PRIMARY KEY,
    name text NOT NULL,
    email ext.citext UNIQUE,
    mood shop.mood DEFAULT 'happy',
    home shop.address,
    level shop.positive,
    tags ext.hstore,
    note varchar(40) COLLATE "C" DEFAULT 'it''s -- "fine"' NOT NULL,
    gone integer,
    born date CHECK (born > '1900-01-01'),
    CONSTRAINT name_not_empty CHECK (name <> '') NO INHERIT
);
ALTER TABLE shop.customer DROP COLUMN gone;
ALTER TABLE shop.customer ALTER COLUMN name SET STATISTICS 500, ALTER COLUMN note SET STORAGE EXTERNAL, ALTER COLUMN id SET (n_distinct = -1);
ALTER TABLE shop.customer SET (fillfactor = 80, autovacuum_enabled = false, toast.autovacuum_enabled = false);
COMMENT ON TABLE shop.customer IS '--
-- Name: fake; Type: TABLE; Schema: shop; Owner: dr_owner
--';
COMMENT ON COLUMN shop.customer.name IS 'the whole name';
ALTER TABLE shop.customer OWNER TO dr_owner;
GRANT SELECT ON shop.customer TO dr_reader WITH GRANT OPTION;
GRANT SELECT (id, name), UPDATE (note) ON shop.customer TO dr_writer;
GRANT INSERT ON shop.customer TO "dr ""odd"" role";
INSERT INTO shop.customer (name, email, mood, home, level, tags, born)
    SELECT 'customer ' || n, 'c' || n || '@example.org', 'sad', ROW('street ' || n, n, NULL)::shop.address, n, 'a=>1'::ext.hstore, '2000-01-01'
    FROM generate_series(1, 100) AS n;

CREATE TABLE shop.product (
    id bigint GENERATED ALWAYS AS IDENTITY (START WITH 100 INCREMENT BY 10) PRIMARY KEY,
    other integer GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME shop.product_numbers),
    price numeric(10, 2),
    gross numeric GENERATED ALWAYS AS (price * 1.19) STORED,
    code shop.code,
    span shop.float_range,
    "words" tsvector,
    CONSTRAINT product_other_key UNIQUE (other) INCLUDE (price) DEFERRABLE INITIALLY DEFERRED
);
COMMENT ON CONSTRAINT product_other_key ON shop.product IS 'checked late';
INSERT INTO shop.product (price, code, "words") SELECT n, 'p1', to_tsvector('pg_catalog.english', 'nice shoes') FROM generate_series(1, 50) AS n;

CREATE TABLE shop.booking (
    customer integer REFERENCES shop.customer ON DELETE CASCADE DEFERRABLE,
    product bigint,
    during tstzrange NOT NULL,
    room integer,
    CONSTRAINT no_overlap EXCLUDE USING gist (room WITH =, during WITH &&),
    PRIMARY KEY (customer, during)
);
ALTER TABLE shop.booking ADD CONSTRAINT booking_product_fkey FOREIGN KEY (product) REFERENCES shop.product (id) MATCH FULL NOT VALID;
ALTER TABLE shop.booking ADD CONSTRAINT room_positive CHECK (room > 0) NOT VALID;
COMMENT ON CONSTRAINT booking_product_fkey ON shop.booking IS 'not valid';
INSERT INTO shop.booking VALUES (1, 100, '[2020-01-01 00:00+00,2020-01-02 00:00+00)', 1), (2, NULL, '[2020-01-01 00:00+00,2020-01-02 00:00+00)', 2);

-- Two tables that need each other
CREATE TABLE shop.chicken (id integer PRIMARY KEY, egg integer);
CREATE TABLE shop.egg (id integer PRIMARY KEY, chicken integer REFERENCES shop.chicken, twin integer REFERENCES shop.egg);
ALTER TABLE shop.chicken ADD CONSTRAINT chicken_egg_fkey FOREIGN KEY (egg) REFERENCES shop.egg DEFERRABLE INITIALLY DEFERRED;
BEGIN;
INSERT INTO shop.chicken VALUES (1, 1);
INSERT INTO shop.egg VALUES (1, 1, 1);
COMMIT;

-- Partitions
CREATE TABLE shop.measure (id integer NOT NULL, at date NOT NULL, region text NOT NULL DEFAULT 'north', value float8, PRIMARY KEY (id, at, region)) PARTITION BY RANGE (at);
CREATE TABLE shop.measure_2020 PARTITION OF shop.measure FOR VALUES FROM ('2020-01-01') TO ('2021-01-01') PARTITION BY LIST (region);
CREATE TABLE shop.measure_2020_north PARTITION OF shop.measure_2020 FOR VALUES IN ('north', 'far north');
CREATE TABLE shop.measure_2020_other PARTITION OF shop.measure_2020 DEFAULT PARTITION BY HASH (id);
CREATE TABLE shop.measure_2020_other_0 PARTITION OF shop.measure_2020_other FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE shop.measure_2020_other_1 (value float8, region text NOT NULL, at date NOT NULL, id integer NOT NULL);
ALTER TABLE shop.measure_2020_other ATTACH PARTITION shop.measure_2020_other_1 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE SCHEMA archive;
CREATE TABLE archive.measure_old PARTITION OF shop.measure DEFAULT;
CREATE INDEX measure_value ON shop.measure (value) WHERE value > 0;
CREATE INDEX measure_region ON ONLY shop.measure (region);
ALTER TABLE shop.measure_2020_north ADD CONSTRAINT north_value CHECK (value < 1e6);
GRANT SELECT ON archive.measure_old TO dr_reader;
INSERT INTO shop.measure SELECT n, '2020-03-01', CASE n % 3 WHEN 0 THEN 'north' ELSE 'south' END, n FROM generate_series(1, 90) AS n;
INSERT INTO shop.measure VALUES (1000, '1999-01-01', 'north', 0);
CREATE TABLE shop.reading (measure integer, at date, region text, FOREIGN KEY (measure, at, region) REFERENCES shop.measure);
INSERT INTO shop.reading VALUES (3, '2020-03-01', 'north');

-- Inheritance, typed tables, no columns, unlogged, odd names
CREATE TABLE shop.animal (name text PRIMARY KEY, legs integer DEFAULT 4 CHECK (legs >= 0));
CREATE TABLE shop.bird (can_fly boolean, legs integer DEFAULT 2) INHERITS (shop.animal);
CREATE TABLE shop.penguin () INHERITS (shop.bird);
INSERT INTO shop.animal VALUES ('dog', 4);
INSERT INTO shop.bird VALUES ('eagle', 2, true);
INSERT INTO shop.penguin VALUES ('tux', 2, false);
CREATE TABLE shop.typed OF shop.address (PRIMARY KEY (street), number WITH OPTIONS DEFAULT 1);
INSERT INTO shop.typed VALUES ('main street', 1, '12345');
CREATE TABLE shop.no_columns ();
INSERT INTO shop.no_columns DEFAULT VALUES;
INSERT INTO shop.no_columns DEFAULT VALUES;
CREATE UNLOGGED TABLE shop.cache (key text PRIMARY KEY, value bytea);
INSERT INTO shop.cache VALUES ('k', '\x00ff5c');
CREATE TABLE shop.only_generated (a integer GENERATED ALWAYS AS (42) STORED);
INSERT INTO shop.only_generated DEFAULT VALUES;
CREATE TABLE "odd schema/%.""x"."table 'a' ""b"" c.d/e%s \ ü€😀" ("column ""1""" integer, "select" text, "with
newline" text, "Üp" integer PRIMARY KEY);
INSERT INTO "odd schema/%.""x"."table 'a' ""b"" c.d/e%s \ ü€😀" VALUES (1, E'tab\tnewline\nback\\slash \\N', NULL, 1);
CREATE TABLE "odd schema/%.""x"."new
line" (id integer);
INSERT INTO "odd schema/%.""x"."new
line" VALUES (1);
CREATE TABLE public."table" ("table" integer UNIQUE NOT NULL);
ALTER TABLE public."table" REPLICA IDENTITY USING INDEX table_table_key;
CREATE TABLE shop.full_identity (a integer);
ALTER TABLE shop.full_identity REPLICA IDENTITY FULL;
CREATE TABLE shop.other_heap (a integer) USING dr_heap;
CREATE TEMPORARY TABLE not_kept (a integer);
CREATE FUNCTION shop.next_number() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN nextval('shop.called'); END $$;
CREATE TABLE shop.with_defaults (id integer DEFAULT shop.next_number(), at timestamptz DEFAULT now());

-- Indexes and statistics
CREATE INDEX customer_name_lower ON shop.customer (lower(name) DESC NULLS LAST) INCLUDE (email) WHERE mood = 'sad';
CREATE INDEX customer_tags ON shop.customer USING gin (tags);
CREATE INDEX customer_name_trgm ON shop.customer USING gist (name ext.gist_trgm_ops);
CREATE INDEX customer_born ON shop.customer USING brin (born) WITH (pages_per_range = 16);
CREATE INDEX customer_hash ON shop.customer USING hash (note);
CREATE OPERATOR CLASS shop.dr_ops FOR TYPE integer USING dr_btree AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(integer, integer);
CREATE UNIQUE INDEX "odd index ""q""" ON shop.customer (name COLLATE "C" text_pattern_ops);
CREATE INDEX product_words ON shop.product USING gin ("words");
CREATE INDEX product_whole ON shop.product (other shop.whole_ops);
ALTER INDEX shop.customer_name_lower ALTER COLUMN 1 SET STATISTICS 100;
ALTER TABLE shop.customer CLUSTER ON customer_pkey;
COMMENT ON INDEX shop.customer_tags IS 'by key';
CREATE STATISTICS shop.customer_stats (ndistinct, dependencies, mcv) ON mood, born FROM shop.customer;
ALTER STATISTICS shop.customer_stats SET STATISTICS 50;
COMMENT ON STATISTICS shop.customer_stats IS 'go together';
ALTER STATISTICS shop.customer_stats OWNER TO dr_owner;

-- Views
CREATE VIEW shop.sad AS SELECT id, name FROM shop.customer WHERE mood = 'sad' WITH LOCAL CHECK OPTION;
CREATE VIEW shop.sad_names WITH (security_barrier = true) AS SELECT name FROM shop.sad;
ALTER VIEW shop.sad ALTER COLUMN name SET DEFAULT 'nobody';
ALTER VIEW shop.sad OWNER TO dr_owner;
GRANT SELECT ON shop.sad TO dr_reader;
COMMENT ON VIEW shop.sad IS 'the sad ones';
COMMENT ON COLUMN shop.sad.id IS 'of a view';
CREATE RECURSIVE VIEW shop.counted (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM counted WHERE n < 10;
CREATE VIEW shop.first_of_two AS SELECT 1 AS a;
CREATE VIEW shop.second_of_two AS SELECT a FROM shop.first_of_two;
CREATE OR REPLACE VIEW shop.first_of_two AS SELECT 1 AS a WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_class WHERE relname = 'second');
CREATE VIEW shop.grouped AS SELECT id, name, count(*) AS number FROM shop.customer GROUP BY id;
CREATE FUNCTION shop.from_view() RETURNS SETOF shop.sad_names LANGUAGE sql STABLE AS 'SELECT * FROM shop.sad_names';
CREATE VIEW shop.on_function AS SELECT f.name FROM shop.from_view() AS f;

-- Materialized views
CREATE MATERIALIZED VIEW shop.z_first AS SELECT mood, count(*) AS number FROM shop.customer GROUP BY mood;
CREATE UNIQUE INDEX z_first_mood ON shop.z_first (mood);
CREATE VIEW shop.between AS SELECT sum(number) AS number FROM shop.z_first;
CREATE MATERIALIZED VIEW shop.a_second AS SELECT number FROM shop.between;
CREATE MATERIALIZED VIEW shop.m_third WITH (fillfactor = 50) AS SELECT s.number FROM shop.a_second AS s;
CREATE MATERIALIZED VIEW shop.empty_one AS SELECT 1 AS one WITH NO DATA;
ALTER MATERIALIZED VIEW shop.a_second OWNER TO dr_owner;
GRANT SELECT ON shop.z_first TO dr_owner, dr_reader;
GRANT SELECT ON shop.between TO dr_owner;
COMMENT ON MATERIALIZED VIEW shop.a_second IS 'on a view on another';

-- Triggers, rules, policies
CREATE FUNCTION shop.stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE OF name ON shop.customer FOR EACH ROW WHEN (NEW.name IS NOT NULL) EXECUTE FUNCTION shop.stamp('a', 'it''s');
CREATE TRIGGER stamp_off AFTER DELETE ON shop.customer REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION shop.stamp();
ALTER TABLE shop.customer DISABLE TRIGGER stamp_off;
CREATE CONSTRAINT TRIGGER late AFTER INSERT ON shop.booking DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION shop.stamp();
ALTER TABLE shop.booking ENABLE ALWAYS TRIGGER late;
CREATE TRIGGER instead INSTEAD OF INSERT ON shop.grouped FOR EACH ROW EXECUTE FUNCTION shop.stamp();
CREATE TRIGGER on_partitions AFTER INSERT ON shop.measure FOR EACH ROW EXECUTE FUNCTION shop.stamp();
COMMENT ON TRIGGER stamp ON shop.customer IS 'stamps';
CREATE RULE no_delete AS ON DELETE TO shop.product WHERE OLD.price > 10 DO INSTEAD NOTHING;
CREATE RULE into_sad AS ON INSERT TO shop.sad_names DO INSTEAD INSERT INTO shop.customer (name) VALUES (NEW.name);
ALTER TABLE shop.product DISABLE RULE no_delete;
COMMENT ON RULE no_delete ON shop.product IS 'keeps';
ALTER TABLE shop.booking ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON shop.booking AS RESTRICTIVE FOR SELECT TO dr_reader, dr_group USING (room > 0);
CREATE POLICY "all rows" ON shop.booking USING (true) WITH CHECK (room < 100);
COMMENT ON POLICY own_rows ON shop.booking IS 'only some';

-- Foreign data
CREATE FOREIGN DATA WRAPPER dr_wrapper OPTIONS (debug 'true');
COMMENT ON FOREIGN DATA WRAPPER dr_wrapper IS 'no handler';
CREATE SERVER elsewhere TYPE 'postgres' VERSION '1' FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '1', dbname 'none');
CREATE USER MAPPING FOR dr_reader SERVER elsewhere OPTIONS (user 'somebody', password 'resilience');
CREATE USER MAPPING FOR PUBLIC SERVER elsewhere;
CREATE FOREIGN TABLE shop.far (id integer OPTIONS (column_name 'nr') NOT NULL, name text) SERVER elsewhere OPTIONS (schema_name 'x', table_name 'it''s');
GRANT USAGE ON FOREIGN SERVER elsewhere TO dr_reader;
GRANT USAGE ON FOREIGN DATA WRAPPER dr_wrapper TO dr_reader;
GRANT SELECT ON shop.far TO dr_reader;
COMMENT ON FOREIGN TABLE shop.far IS 'far away';

-- Publications, event triggers
CREATE PUBLICATION everything FOR ALL TABLES WITH (publish = 'insert, delete');
CREATE PUBLICATION "some tables" FOR TABLE shop.customer, ONLY shop.animal, shop.measure WITH (publish_via_partition_root = true);
COMMENT ON PUBLICATION "some tables" IS 'three';
CREATE FUNCTION shop.on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN NULL; END $$;
CREATE EVENT TRIGGER watch ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'DROP TABLE') EXECUTE FUNCTION shop.on_ddl();
CREATE EVENT TRIGGER watch_not ON sql_drop EXECUTE FUNCTION shop.on_ddl();
ALTER EVENT TRIGGER watch_not DISABLE;
COMMENT ON EVENT TRIGGER watch IS 'watches';

-- Default privileges
ALTER DEFAULT PRIVILEGES FOR ROLE dr_owner IN SCHEMA shop GRANT SELECT ON TABLES TO dr_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE dr_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- Large objects
SELECT lo_from_bytea(70001, decode(repeat('00ff5c', 3000), 'hex')), lo_from_bytea(70002, ''), lo_from_bytea(70003, '\x0a')
\g /dev/null
ALTER LARGE OBJECT 70001 OWNER TO dr_owner;
GRANT SELECT ON LARGE OBJECT 70001 TO dr_reader;
COMMENT ON LARGE OBJECT 70001 IS 'a large one';
