-- What EveryObject.sql needs of the server as a whole; may run any number of times.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
SELECT pg_advisory_lock(20261123)
\g /dev/null
DO $do$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['dr_owner', 'dr_reader', 'dr_writer', 'dr_group', 'dr "odd" role'] LOOP
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = wanted) THEN
            EXECUTE format('CREATE ROLE %I', wanted);
        END IF;
    END LOOP;
END
$do$;
ALTER ROLE dr_owner CREATEDB CONNECTION LIMIT 7;
ALTER ROLE dr_writer LOGIN PASSWORD 'resilience' VALID UNTIL '2099-01-01 00:00:00+00';
COMMENT ON ROLE dr_owner IS 'owns ''most'' of it';
GRANT dr_group TO dr_reader;
GRANT dr_group TO dr_writer WITH ADMIN OPTION;
SELECT current_setting('server_version_num')::int >= 150000 AS in_place \gset
\if :in_place
SET allow_in_place_tablespaces = on;
SELECT 'CREATE TABLESPACE dr_space LOCATION ''''' WHERE NOT EXISTS (SELECT FROM pg_tablespace WHERE spcname = 'dr_space') \gexec
GRANT CREATE ON TABLESPACE dr_space TO PUBLIC;
\endif
SELECT pg_advisory_unlock(20261123)
\g /dev/null
