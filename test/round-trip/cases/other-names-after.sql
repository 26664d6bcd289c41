-- The other side of that.
CREATE TABLE parents (
  id integer CONSTRAINT pk_parents PRIMARY KEY,
  code text NOT NULL CONSTRAINT uq_parents UNIQUE,
  CONSTRAINT "short" CHECK (code <> ''),
  CONSTRAINT long CHECK (length(code) < 9)
);
CREATE TABLE children (age integer) INHERITS (parents);
CREATE TABLE others (
  parent integer CONSTRAINT fk_others REFERENCES parents,
  during tsrange,
  CONSTRAINT "a part" EXCLUDE USING gist (during WITH &&)
);
CREATE INDEX two ON others (parent);
CREATE INDEX one ON others (parent DESC) WHERE parent > 0;
CREATE UNIQUE INDEX "Three" ON parents (code) INCLUDE (id);
ALTER TABLE parents REPLICA IDENTITY USING INDEX uq_parents;
ALTER TABLE others CLUSTER ON two;
COMMENT ON CONSTRAINT "short" ON parents IS 'not empty';
COMMENT ON INDEX "Three" IS 'is three';
CREATE TABLE parts (a integer, b integer) PARTITION BY LIST (a);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES IN (1);
CREATE INDEX ix_parts ON parts (b);
ALTER TABLE parts ADD CONSTRAINT pk_parts PRIMARY KEY (a, b);
CREATE VIEW totals AS SELECT p.id, p.code, count(*) AS n FROM parents p JOIN others o ON o.parent = p.id GROUP BY p.id;
