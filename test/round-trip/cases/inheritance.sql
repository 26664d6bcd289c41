CREATE TABLE animals (id integer PRIMARY KEY, name text NOT NULL CHECK (name <> ''));
CREATE TABLE cats (lives integer DEFAULT 9, name text NOT NULL) INHERITS (animals);
CREATE TABLE kittens (CONSTRAINT young CHECK (lives = 9) NO INHERIT) INHERITS (cats);
ALTER TABLE cats ALTER COLUMN id SET DEFAULT 7;
CREATE TYPE pair AS (a integer, b text);
CREATE TABLE pairs OF pair (a WITH OPTIONS DEFAULT 1, PRIMARY KEY (a));
CREATE UNLOGGED TABLE quick (id integer);
