-- A first schema: keys, checks whose text PostgreSQL rewrites, names that need quotes, words that psql reads.
CREATE TABLE customers (
  id serial PRIMARY KEY,
  "Full Name" varchar(80) NOT NULL,
  state varchar(10) NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'known')),
  note text DEFAULT E'line one\nline \\two'
);
COMMENT ON TABLE customers IS 'Who :bought, in ''quotes'' and
\d on a line of its own; -- no comment';
CREATE TABLE "order" (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id integer NOT NULL REFERENCES customers ON DELETE CASCADE,
  "total ☕" numeric(10, 2) NOT NULL DEFAULT 0
);
CREATE INDEX ON "order" (customer_id);
