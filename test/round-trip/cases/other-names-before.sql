-- The same constraints and indexes under other names: some change places, some have comments of their own.
CREATE TABLE parents (
  id integer CONSTRAINT parents_key PRIMARY KEY,
  code text NOT NULL CONSTRAINT parents_code UNIQUE,
  CONSTRAINT filled CHECK (code <> ''),
  CONSTRAINT "short" CHECK (length(code) < 9)
);
CREATE TABLE children (age integer) INHERITS (parents);
CREATE TABLE others (
  parent integer CONSTRAINT others_parent REFERENCES parents,
  during tsrange,
  CONSTRAINT apart EXCLUDE USING gist (during WITH &&)
);
CREATE INDEX one ON others (parent);
CREATE INDEX two ON others (parent DESC) WHERE parent > 0;
CREATE UNIQUE INDEX three ON parents (code) INCLUDE (id);
ALTER TABLE parents REPLICA IDENTITY USING INDEX parents_code;
ALTER TABLE others CLUSTER ON one;
COMMENT ON CONSTRAINT filled ON parents IS 'not empty';
COMMENT ON INDEX three IS 'was three';
CREATE TABLE parts (a integer, b integer) PARTITION BY LIST (a);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES IN (1);
CREATE INDEX parts_b ON parts (b);
ALTER TABLE parts ADD CONSTRAINT parts_key PRIMARY KEY (a, b);
CREATE VIEW totals AS SELECT p.id, p.code, count(*) AS n FROM parents p JOIN others o ON o.parent = p.id GROUP BY p.id;
