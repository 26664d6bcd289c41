-- Names that meet in one module, in JavaScript, among the builders, or in a file system.
CREATE SCHEMA auth;
CREATE SCHEMA "Weird schema";
CREATE SCHEMA views;
COMMENT ON SCHEMA auth IS 'who is who';

CREATE TYPE auth.status AS ENUM ('in', 'out');
CREATE TYPE status AS ENUM ('new', 'it''s "quoted"', 'back\slash');
CREATE TYPE auth.users_kind AS ENUM ('a');

CREATE TABLE users (id integer PRIMARY KEY, status status NOT NULL DEFAULT 'new', statuses status[] NOT NULL DEFAULT '{}');
CREATE TABLE auth.users (
    id integer PRIMARY KEY REFERENCES public.users ON UPDATE CASCADE ON DELETE SET NULL,
    status auth.status, foreign_status public.status DEFAULT 'back\slash', kinds auth.users_kind[][]
);
CREATE TABLE "Users" (id integer PRIMARY KEY, "camelCase" text, "1" integer, "0" integer, "a.b" integer REFERENCES users, "__proto__" text);
CREATE TABLE "Weird schema"."table with space" ("sql`${x}" text DEFAULT '`${y}\n', t text);
CREATE TABLE class (id integer PRIMARY KEY);
CREATE TABLE "table" (id integer PRIMARY KEY);
CREATE TABLE index (id integer PRIMARY KEY);
CREATE TABLE enums (id integer PRIMARY KEY);
CREATE TABLE views.views (id integer PRIMARY KEY);
CREATE TABLE "2fa" (id integer PRIMARY KEY);
CREATE TABLE "---" (id integer PRIMARY KEY);
CREATE TABLE text (text text PRIMARY KEY, "sql" integer, "default" integer REFERENCES class);
CREATE TABLE "user.name" ("dotted.column" integer PRIMARY KEY);
CREATE TABLE refers (a integer REFERENCES "user.name", b integer REFERENCES auth.users, c integer);
ALTER TABLE refers ADD FOREIGN KEY (c) REFERENCES class (id) DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION users() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION users(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 2';
CREATE FUNCTION users(a text, b text DEFAULT 'x') RETURNS integer LANGUAGE sql AS 'SELECT 3';
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER touch BEFORE UPDATE ON auth.users FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER touch BEFORE UPDATE ON class FOR EACH ROW EXECUTE FUNCTION touch('a', 'it''s');
