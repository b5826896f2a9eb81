\set ON_ERROR_STOP 1
CREATE COLLATION shop.built_in (PROVIDER = builtin, LOCALE = 'C.UTF-8');
CREATE EVENT TRIGGER on_login ON login EXECUTE FUNCTION shop.on_ddl();
GRANT MAINTAIN ON shop.customer TO dr_writer;
CREATE TABLE shop.partitioned_identity (id integer GENERATED ALWAYS AS IDENTITY, a integer) PARTITION BY LIST (a);
CREATE TABLE shop.partitioned_identity_1 PARTITION OF shop.partitioned_identity FOR VALUES IN (1);
INSERT INTO shop.partitioned_identity (a) VALUES (1), (1);
