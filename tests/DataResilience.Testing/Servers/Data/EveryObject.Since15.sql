\set ON_ERROR_STOP 1
CREATE TABLE shop.elsewhere (id integer PRIMARY KEY USING INDEX TABLESPACE dr_space, a text) TABLESPACE dr_space;
CREATE INDEX elsewhere_a ON shop.elsewhere (a) TABLESPACE dr_space;
INSERT INTO shop.elsewhere VALUES (1, 'a');
CREATE UNIQUE INDEX customer_level_once ON shop.customer (level) NULLS NOT DISTINCT;
CREATE VIEW shop.as_invoker WITH (security_invoker = true) AS SELECT id FROM shop.customer;
CREATE PUBLICATION by_row FOR TABLE shop.customer (id, name) WHERE (id > 10);
CREATE PUBLICATION by_schema FOR TABLES IN SCHEMA archive, shop;
