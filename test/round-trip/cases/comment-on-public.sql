-- A database is born with a comment on its schema public.
COMMENT ON SCHEMA public IS 'ours';

CREATE TABLE t (a integer);
