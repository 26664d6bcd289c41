CREATE TYPE address AS (street text, zip integer);
CREATE DOMAIN code AS text NOT NULL CONSTRAINT filled CHECK (VALUE <> '') CONSTRAINT short CHECK (length(VALUE) < 9);
CREATE TABLE people (id integer PRIMARY KEY, home address, homes address[], code code);
CREATE TABLE places OF address (zip NOT NULL DEFAULT 1000);
CREATE TABLE pets (id integer PRIMARY KEY);
CREATE VIEW streets AS SELECT (home).street FROM people;
CREATE POLICY own ON people USING (id IN (SELECT pets.id FROM pets));
CREATE PUBLICATION news FOR TABLE people, pets;
CREATE RULE calm AS ON DELETE TO people DO INSTEAD NOTHING;
ALTER TABLE people DISABLE RULE calm;
CREATE STATISTICS pairs ON id, code FROM people;
ALTER STATISTICS pairs SET STATISTICS 50;
CREATE TABLE public.watched (
    id bigint,
    CONSTRAINT watched_id UNIQUE (id)
);
ALTER TABLE public.watched REPLICA IDENTITY FULL;
