CREATE TABLE orgs (
  id bigint GENERATED ALWAYS AS IDENTITY (START WITH 100 CACHE 5) PRIMARY KEY,
  slug varchar(40) NOT NULL CONSTRAINT orgs_slug_unique UNIQUE DEFERRABLE INITIALLY DEFERRED,
  parent_id bigint REFERENCES orgs ON DELETE SET NULL,
  budget numeric(12, 2) DEFAULT 0.00 NOT NULL CHECK (budget >= 0),
  settings jsonb DEFAULT '{}' NOT NULL,
  tags text[] DEFAULT '{}'::text[]
) WITH (fillfactor = 80);
CREATE TABLE members (
  org_id bigint NOT NULL REFERENCES orgs (id) ON UPDATE CASCADE ON DELETE CASCADE,
  user_id integer NOT NULL,
  role "char" DEFAULT 'm'::"char",
  joined timestamp(3) with time zone DEFAULT now(),
  PRIMARY KEY (org_id, user_id) INCLUDE (role),
  CONSTRAINT role_known CHECK (role IN ('m', 'a', 'o'))
);
COMMENT ON TABLE orgs IS 'Organisations; it''s a comment with a \ and "quotes"';
COMMENT ON COLUMN orgs.slug IS 'Short name';
COMMENT ON CONSTRAINT role_known ON members IS 'm, a or o';
