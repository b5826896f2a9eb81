-- What MariaDB 11.8 has.
CREATE TABLE vectors (id int PRIMARY KEY, v vector(3) NOT NULL, VECTOR INDEX near (v) M=8 DISTANCE=cosine);
INSERT INTO vectors VALUES (1, VEC_FromText('[1,-2.5,3e10]')), (2, VEC_FromText('[0,0,1]'));
CREATE TABLE far_times (id int PRIMARY KEY, ts timestamp(6) NULL);
INSERT INTO far_times VALUES (1, '2106-02-07 06:28:15.999999');
