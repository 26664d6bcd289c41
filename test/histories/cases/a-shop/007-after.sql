-- The enum loses a value under a column and its default; a function changes what it gives.
CREATE SCHEMA "Shop";
CREATE TYPE "Shop".mood AS ENUM ('it''s late', 'fine');
CREATE TABLE "Shop".customers (
  id bigserial PRIMARY KEY,
  name text NOT NULL,
  mood "Shop".mood NOT NULL DEFAULT 'fine'
);
CREATE TABLE "Shop"."order" (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES "Shop".customers ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
  total numeric(12, 2) NOT NULL DEFAULT 0,
  EXCLUDE USING gist (numrange(0, total) WITH =)
);
CREATE FUNCTION quote_all(text) RETURNS text[] LANGUAGE sql AS $body$ SELECT ARRAY['$$' || $1 || ';\']; $body$;
