CREATE TYPE state AS ENUM ('open', 'lost', 'done');
CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');

CREATE TABLE orders (
  id integer PRIMARY KEY,
  number text DEFAULT '7' NOT NULL,
  state text DEFAULT 'open',
  states text[] DEFAULT '{open}',
  kind state DEFAULT 'lost',
  paid integer DEFAULT 0,
  key varchar(36),
  at text,
  doc json DEFAULT '{}',
  contact email,
  note varchar(320) COLLATE "C",
  total numeric(12, 4),
  CONSTRAINT numbered CHECK (number IS NOT NULL),
  CONSTRAINT once UNIQUE (key, state)
);
CREATE INDEX orders_open ON orders (id) WHERE state IS NOT NULL;
CREATE INDEX orders_number ON orders (number DESC) INCLUDE (note);
CREATE VIEW open_orders AS SELECT id, number, state, note FROM orders;
COMMENT ON VIEW open_orders IS 'not yet';
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER touched BEFORE UPDATE OF state, paid ON orders FOR EACH ROW EXECUTE FUNCTION touch();
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON orders USING (contact IS NOT NULL);

CREATE TABLE events (id integer, day timestamp) PARTITION BY RANGE (day);
CREATE TABLE events_2001 PARTITION OF events FOR VALUES FROM ('2001-01-01') TO ('2002-01-01');
