-- An enum, and functions whose bodies hold what ends a statement elsewhere.
CREATE TYPE mood AS ENUM ('calm', 'it''s late');
CREATE TABLE customers (
  id serial PRIMARY KEY,
  "Full Name" varchar(80) NOT NULL,
  state varchar(10) NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'known')),
  note text DEFAULT E'line one\nline \\two',
  mood mood NOT NULL DEFAULT 'calm',
  tags integer[],
  "PORT" integer,
  first_tags integer[] GENERATED ALWAYS AS (tags[1:"PORT"]) STORED
);
COMMENT ON TABLE customers IS 'Who :bought, in ''quotes'' and
\d on a line of its own; -- no comment';
CREATE TABLE "order" (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id integer NOT NULL REFERENCES customers ON DELETE CASCADE,
  "total ☕" numeric(10, 2) NOT NULL DEFAULT 0
);
CREATE INDEX ON "order" (customer_id);
CREATE FUNCTION quote_all(text) RETURNS text LANGUAGE sql AS $body$ SELECT '$$' || $1 || ';\'; $body$;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS '
BEGIN
  NEW.note := '':DBNAME \\'' || ''\\'';
  RETURN NEW; -- done;
END';
CREATE TRIGGER touch BEFORE UPDATE OF note ON customers FOR EACH ROW WHEN (NEW.note <> '') EXECUTE FUNCTION touch();
