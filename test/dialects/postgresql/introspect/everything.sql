-- At least one of each kind of object that pg_dump knows, for dump.test.ts. PostgreSQL 13 and newer.
SET check_function_bodies = off;
CREATE SCHEMA app;
COMMENT ON SCHEMA app IS 'application';
CREATE EXTENSION citext SCHEMA app;
CREATE EXTENSION hstore;

CREATE COLLATION app.german (provider = icu, locale = 'de');
CREATE TYPE app.status AS ENUM ('new', 'done');
CREATE DOMAIN app.positive AS integer CHECK (VALUE > 0);
CREATE TYPE app.address AS (street text, status app.status);
CREATE TYPE app.price AS RANGE (subtype = numeric);
CREATE TYPE app.shell;
CREATE SEQUENCE app.counter;

CREATE TABLE app.users (
  id serial PRIMARY KEY,
  number integer GENERATED ALWAYS AS IDENTITY,
  email app.citext UNIQUE,
  parent integer REFERENCES app.users,
  born daterange,
  twice integer GENERATED ALWAYS AS (number * 2) STORED,
  CHECK (number > 0),
  EXCLUDE USING gist (born WITH &&)
);
COMMENT ON TABLE app.users IS 'people';
COMMENT ON COLUMN app.users.email IS 'where they are reached';
CREATE INDEX users_number ON app.users (number) WHERE number > 5;
CREATE STATISTICS app.users_s ON id, number FROM app.users;
CREATE TABLE "Odd one" ("Odd column" integer DEFAULT 1);
CREATE SEQUENCE own OWNED BY "Odd one"."Odd column";

CREATE TABLE app.events (at date NOT NULL, n integer, PRIMARY KEY (at)) PARTITION BY RANGE (at);
CREATE TABLE app.events_1 PARTITION OF app.events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE INDEX events_n ON app.events (n);

CREATE VIEW app.known AS SELECT id, email FROM app.users;
ALTER VIEW app.known ALTER email SET DEFAULT 'x';
CREATE MATERIALIZED VIEW app.counted AS SELECT count(*) AS n FROM app.users WITH NO DATA;
CREATE INDEX counted_n ON app.counted (n);

CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE FUNCTION app.add(a integer, b integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT a + b';
CREATE PROCEDURE app.clean() LANGUAGE plpgsql AS 'BEGIN END';
CREATE AGGREGATE app.total(integer) (SFUNC = app.add, STYPE = integer, INITCOND = '0');
CREATE TRIGGER users_touch BEFORE UPDATE ON app.users FOR EACH ROW EXECUTE FUNCTION app.touch();
CREATE RULE no_delete AS ON DELETE TO app.users DO INSTEAD NOTHING;
ALTER TABLE app.users ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON app.users USING (id > 0);
CREATE FUNCTION app.watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER watching ON sql_drop EXECUTE FUNCTION app.watch();
CREATE PUBLICATION changes FOR TABLE app.users;

CREATE OPERATOR app.<+> (FUNCTION = app.add, LEFTARG = integer, RIGHTARG = integer);
CREATE OPERATOR FAMILY app.fam USING btree;
CREATE OPERATOR CLASS app.cls FOR TYPE integer USING btree FAMILY app.fam AS
  OPERATOR 1 <, FUNCTION 1 btint4cmp(integer, integer);
CREATE CAST (app.address AS text) WITH INOUT;
CREATE CONVERSION app.conv FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal));
CREATE TRUSTED LANGUAGE plown HANDLER plpgsql_call_handler;
CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
CREATE TEXT SEARCH PARSER app.prs (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end,
  LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE app.tpl (LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY app.dict (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION app.cfg (COPY = simple);
CREATE FOREIGN DATA WRAPPER fdw;
CREATE SERVER srv FOREIGN DATA WRAPPER fdw;
CREATE USER MAPPING FOR PUBLIC SERVER srv;
CREATE FOREIGN TABLE app.far (id integer) SERVER srv;
