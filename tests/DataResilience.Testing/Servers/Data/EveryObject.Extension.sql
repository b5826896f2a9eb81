-- Tables of an extension, as an extension's script makes them: one of settings that the user may change, one of its own.
-- A restored database never has them by itself, since hstore's script does not make them.
\set ON_ERROR_STOP 1
CREATE TABLE ext.settings (name text PRIMARY KEY, value text, is_ours boolean);
CREATE TABLE ext.built_in (id integer);
INSERT INTO ext.settings VALUES ('ours', '1', true), ('built in', '2', false);
INSERT INTO ext.built_in VALUES (1);
ALTER EXTENSION hstore ADD TABLE ext.settings;
ALTER EXTENSION hstore ADD TABLE ext.built_in;
UPDATE pg_catalog.pg_extension SET extconfig = ARRAY['ext.settings'::regclass::oid], extcondition = ARRAY['WHERE is_ours'] WHERE extname = 'hstore';
