-- Partitions and children that keep what their parent does not: defaults, NOT NULL; and what rests on their columns.
CREATE TABLE events (id integer PRIMARY KEY, size integer DEFAULT 1, old integer GENERATED ALWAYS AS (id * 2) STORED)
  PARTITION BY LIST (id);
CREATE TABLE events_1 PARTITION OF events FOR VALUES IN (1);
ALTER TABLE events_1 ALTER COLUMN size SET DEFAULT 5;
CREATE TABLE visits (event integer REFERENCES events);
CREATE VIEW sizes AS SELECT size FROM events_1;
CREATE TABLE parents (id integer, name text);
CREATE TABLE children (name text NOT NULL) INHERITS (parents);
CREATE UNLOGGED TABLE here (id integer PRIMARY KEY, there integer);
CREATE UNLOGGED TABLE there (id integer PRIMARY KEY, here integer REFERENCES here);
ALTER TABLE here ADD FOREIGN KEY (there) REFERENCES there;
