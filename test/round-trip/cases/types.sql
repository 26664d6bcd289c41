CREATE SCHEMA shop;
CREATE TYPE shop.status AS ENUM ('new', 'in progress', 'it''s done');
CREATE DOMAIN shop.email AS text COLLATE "C" DEFAULT 'nobody@example.com' NOT NULL
  CONSTRAINT looks_right CHECK (VALUE ~ '^[^@]+@[^@]+$') CHECK (length(VALUE) < 255);
CREATE TYPE shop.address AS (street text, "zip code" varchar(10), at point);
CREATE TYPE shop.span AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE TABLE shop.orders (
  id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
  status shop.status DEFAULT 'new' NOT NULL,
  history shop.status[] DEFAULT ARRAY['new'::shop.status],
  contact shop.email,
  ship_to shop.address,
  valid shop.span,
  total numeric GENERATED ALWAYS AS (1.5 * 2) STORED
);
COMMENT ON TYPE shop.status IS 'life of an order';
COMMENT ON SCHEMA shop IS 'the shop';
COMMENT ON DOMAIN shop.email IS 'an address';
COMMENT ON COLUMN shop.address.street IS 'with number';
