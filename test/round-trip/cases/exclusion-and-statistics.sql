CREATE TABLE bookings (
  room int4range, during tsrange,
  CONSTRAINT no_overlap EXCLUDE USING gist (room WITH &&, during WITH &&) WHERE (NOT isempty(during)),
  EXCLUDE (room WITH =) DEFERRABLE
);
CREATE TABLE s (a integer, b integer, c text);
CREATE STATISTICS s_stats (ndistinct, mcv) ON a, b FROM s;
COMMENT ON STATISTICS s_stats IS 'together';
