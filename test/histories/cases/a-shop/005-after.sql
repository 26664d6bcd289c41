-- Nothing changes but the words of this line.
CREATE TYPE mood AS ENUM ('calm', 'curious', 'it''s late');
CREATE TABLE customers (
  id bigserial PRIMARY KEY,
  "Full Name" text NOT NULL,
  state varchar(10) NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'known', 'gone')),
  note text DEFAULT E'line one\nline \\two',
  mood mood NOT NULL DEFAULT 'curious',
  tags integer[],
  "PORT" integer,
  first_tags integer[] GENERATED ALWAYS AS (tags[1:"PORT"]) STORED
);
ALTER TABLE customers ENABLE ROW LEVEL SECURITY;
CREATE POLICY known ON customers FOR SELECT USING (state <> 'gone');
CREATE TABLE "order" (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers ON DELETE CASCADE,
  "total ☕" numeric(12, 2) NOT NULL DEFAULT 0
);
CREATE INDEX ON "order" (customer_id);
CREATE FUNCTION quote_all(text) RETURNS text LANGUAGE sql AS $body$ SELECT '$$' || $1 || ';\'; $body$;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS '
BEGIN
  NEW.note := '':DBNAME \\'' || ''\\'';
  RETURN NEW; -- done;
END';
CREATE TRIGGER touch BEFORE UPDATE OF note ON customers FOR EACH ROW WHEN (NEW.note <> '') EXECUTE FUNCTION touch();
CREATE VIEW spent AS
  SELECT customer_id, sum("total ☕") AS total FROM "order" GROUP BY customer_id;
CREATE VIEW curious AS
  SELECT c."Full Name", s.total FROM customers c JOIN spent s ON s.customer_id = c.id WHERE c.mood = 'curious';
CREATE MATERIALIZED VIEW best AS SELECT * FROM curious WHERE total > 100;
CREATE UNIQUE INDEX best_name ON best ("Full Name");
CREATE TABLE visits (at timestamptz NOT NULL, page text) PARTITION BY RANGE (at);
CREATE TABLE visits_2026 PARTITION OF visits FOR VALUES FROM ('2026-01-01 00:00:00+00') TO ('2027-01-01 00:00:00+00');
CREATE INDEX visits_page ON visits (page);
CREATE RULE forget AS ON DELETE TO visits DO ALSO
  (DELETE FROM "order" WHERE id = 0; UPDATE customers SET state = 'gone' WHERE id = 0);
