-- requires: 18
-- NOT NULL with names and states of their own, declared here or coming from a parent.
CREATE TABLE base (
  a integer NOT NULL,
  b integer,
  c integer NOT NULL,
  d integer,
  e integer CONSTRAINT chosen NOT NULL,
  f integer NOT NULL NO INHERIT
);
CREATE TABLE declares_again (a integer) INHERITS (base);
CREATE TABLE declares_own (a integer NOT NULL, CONSTRAINT own_c NOT NULL c) INHERITS (base);
CREATE TABLE own_of_inherited () INHERITS (base);
ALTER TABLE own_of_inherited ALTER b SET NOT NULL, ALTER a SET NOT NULL;
CREATE TABLE own_of_declared (a integer, x integer NOT NULL) INHERITS (base);
ALTER TABLE own_of_declared ALTER a SET NOT NULL;
CREATE TABLE not_passed_on (CONSTRAINT own_d NOT NULL d NO INHERIT) INHERITS (base);
CREATE TABLE not_valid () INHERITS (base);
ALTER TABLE not_valid ADD CONSTRAINT later NOT NULL d NOT VALID;
CREATE TABLE grandchild () INHERITS (own_of_inherited);

CREATE TABLE parts (a integer NOT NULL, b integer CONSTRAINT b_is_there NOT NULL) PARTITION BY LIST (a);
CREATE TABLE part_1 PARTITION OF parts FOR VALUES IN (1);
CREATE TABLE part_2 (b integer NOT NULL, a integer NOT NULL);
ALTER TABLE parts ATTACH PARTITION part_2 FOR VALUES IN (2);
