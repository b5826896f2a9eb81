\set ON_ERROR_STOP 1
CREATE FUNCTION shop.standard(a integer, b integer DEFAULT 2) RETURNS integer LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT a; SELECT a + b; END;
CREATE FUNCTION shop.grouped_count() RETURNS bigint LANGUAGE sql STABLE BEGIN ATOMIC SELECT count(*) FROM shop.grouped; END;
CREATE TABLE shop.compressed (a text COMPRESSION pglz, b int4multirange);
CREATE STATISTICS shop.by_expression ON (lower(name)), mood FROM shop.customer;
CREATE INDEX customer_bloom ON shop.customer USING brin (name text_bloom_ops, level int4_minmax_multi_ops);
