-- What MySQL 9 has.
CREATE TABLE vectors (id int PRIMARY KEY, v vector(3), w vector);
INSERT INTO vectors VALUES (1, STRING_TO_VECTOR('[1, -2.5, 3e10]'), STRING_TO_VECTOR('[0.1]')), (2, NULL, NULL);
DELIMITER //
CREATE LIBRARY shared_code COMMENT 'a; ''library''' LANGUAGE JAVASCRIPT AS $$ export function f(n) { return "it's `" + n; } $$//
DELIMITER ;
CREATE JSON RELATIONAL DUALITY VIEW a_duality AS SELECT JSON_DUALITY_OBJECT('_id': id, 'region': region) FROM department;
