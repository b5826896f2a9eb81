-- A subscription that never connects. A database with one cannot be dropped before the subscription is.
\set ON_ERROR_STOP 1
SET client_min_messages = error;
CREATE SUBSCRIPTION dr_subscription CONNECTION 'host=127.0.0.1 port=1 dbname=none' PUBLICATION p1, "p 2" WITH (connect = false, slot_name = NONE);
COMMENT ON SUBSCRIPTION dr_subscription IS 'of nobody';
