-- What changes while it stays: types that tables use, policies, publications, what fires.
CREATE TYPE address AS (street text, city text);
COMMENT ON COLUMN address.city IS 'Goes';
CREATE DOMAIN code AS text DEFAULT 'x' CONSTRAINT filled CHECK (VALUE <> '');
CREATE TABLE people (id integer PRIMARY KEY, home address, homes address[], code code);
CREATE TABLE places OF address;
CREATE VIEW streets AS SELECT (home).street FROM people;
CREATE POLICY own ON people USING (id > 0);
CREATE PUBLICATION news FOR TABLE people WITH (publish = 'insert');
CREATE RULE calm AS ON DELETE TO people DO INSTEAD NOTHING;
CREATE STATISTICS pairs ON id, code FROM people;
CREATE TABLE public.watched (
    id integer GENERATED ALWAYS AS IDENTITY,
    CONSTRAINT watched_id UNIQUE (id)
);
ALTER TABLE public.watched REPLICA IDENTITY USING INDEX watched_id;
