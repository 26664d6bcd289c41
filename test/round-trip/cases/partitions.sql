CREATE TABLE measures (id integer NOT NULL, at date NOT NULL, value real, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE measures_2025 PARTITION OF measures FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE measures_2026 PARTITION OF measures FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY LIST (id);
CREATE TABLE measures_2026_odd PARTITION OF measures_2026 FOR VALUES IN (1, 3, 5);
CREATE TABLE measures_rest PARTITION OF measures DEFAULT;
CREATE INDEX measures_value ON measures (value) WHERE value > 0;
CREATE INDEX only_2025 ON measures_2025 (id);
CREATE FUNCTION seen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER seen AFTER INSERT ON measures FOR EACH ROW EXECUTE FUNCTION seen();
CREATE TABLE of_measure (id integer, at date, FOREIGN KEY (id, at) REFERENCES measures);
CREATE TABLE hashed (k text) PARTITION BY HASH (lower(k));
CREATE TABLE hashed_0 PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 0);

-- Triggers of a parent that fire otherwise on some partitions.
CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$;
CREATE TABLE watched (id integer, part integer) PARTITION BY LIST (id);
CREATE TABLE watched_1 PARTITION OF watched FOR VALUES IN (1);
CREATE TABLE watched_2 PARTITION OF watched FOR VALUES IN (2) PARTITION BY LIST (part);
CREATE TABLE watched_2_1 PARTITION OF watched_2 FOR VALUES IN (1);
CREATE TABLE watched_2_2 PARTITION OF watched_2 FOR VALUES IN (2);
CREATE TRIGGER note AFTER INSERT ON watched FOR EACH ROW EXECUTE FUNCTION note_change();
ALTER TABLE watched_2 DISABLE TRIGGER note;
ALTER TABLE watched_2_2 ENABLE ALWAYS TRIGGER note;
