CREATE TABLE accounts (id integer PRIMARY KEY, balance numeric DEFAULT 0);
CREATE FUNCTION next_code(prefix text DEFAULT 'x') RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  AS $$ SELECT prefix || '-1' $$;
CREATE TABLE coded (code text DEFAULT next_code('c') CHECK (next_code() IS NOT NULL));
CREATE FUNCTION balance_of(account accounts) RETURNS numeric LANGUAGE sql STABLE AS 'SELECT $1.balance';
CREATE FUNCTION many(OUT a integer, OUT b text, VARIADIC rest integer[]) RETURNS SETOF record
  LANGUAGE plpgsql SECURITY DEFINER COST 50 ROWS 5 SET search_path = public, pg_temp SET work_mem = '4MB'
  AS $body$ BEGIN RETURN QUERY SELECT 1, 'it''s $$ quoted'; END $body$;
CREATE FUNCTION listing() RETURNS TABLE (id integer, total numeric) LANGUAGE sql
  AS $$ SELECT id, balance FROM accounts $$;
CREATE PROCEDURE settle(INOUT n integer) LANGUAGE plpgsql AS $$ BEGIN n := n + 1; END $$;
CREATE AGGREGATE concat_all(text) (SFUNC = textcat, STYPE = text, INITCOND = '');
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER z_touch BEFORE INSERT OR UPDATE OF balance, id ON accounts FOR EACH ROW
  WHEN (NEW.balance > 0) EXECUTE FUNCTION touch('one', 'it''s', '');
CREATE CONSTRAINT TRIGGER later AFTER DELETE ON accounts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER sums AFTER UPDATE ON accounts REFERENCING OLD TABLE AS was NEW TABLE AS becomes FOR EACH STATEMENT EXECUTE FUNCTION touch();
ALTER TABLE accounts DISABLE TRIGGER sums;
COMMENT ON FUNCTION next_code(text) IS 'a code';
COMMENT ON PROCEDURE settle(integer) IS 'a procedure';
COMMENT ON AGGREGATE concat_all(text) IS 'joins';
COMMENT ON TRIGGER later ON accounts IS 'at the end';
