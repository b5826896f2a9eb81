\set ON_ERROR_STOP 1
CREATE TABLE shop.virtual (a integer, doubled integer GENERATED ALWAYS AS (a * 2) VIRTUAL, b integer NOT NULL);
INSERT INTO shop.virtual (a, b) VALUES (1, 1), (2, 2);
ALTER TABLE shop.virtual ADD CONSTRAINT virtual_a_not_null NOT NULL a NOT VALID;
COMMENT ON CONSTRAINT virtual_a_not_null ON shop.virtual IS 'late';
CREATE TABLE shop.stay (room integer, during daterange, PRIMARY KEY (room, during WITHOUT OVERLAPS));
CREATE TABLE shop.guest (room integer, during daterange, FOREIGN KEY (room, PERIOD during) REFERENCES shop.stay (room, PERIOD during));
ALTER TABLE shop.booking ADD CONSTRAINT room_small CHECK (room < 1000) NOT ENFORCED;
CREATE FUNCTION shop.numbered(integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN $1;
