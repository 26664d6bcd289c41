-- Everything moves to a schema of its own, an enum loses a value, and the visits go.
CREATE SCHEMA "Shop";
CREATE TYPE "Shop".mood AS ENUM ('calm', 'it''s late');
CREATE TABLE "Shop".customers (
  id bigserial PRIMARY KEY,
  name text NOT NULL,
  mood "Shop".mood NOT NULL DEFAULT 'calm'
);
CREATE TABLE "Shop"."order" (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES "Shop".customers,
  total numeric(12, 2) NOT NULL DEFAULT 0
);
CREATE FUNCTION quote_all(text) RETURNS text LANGUAGE sql AS $body$ SELECT '$$' || $1 || ';\'; $body$;
