-- A type that functions define, and what rests on it.
CREATE TYPE celsius;
CREATE FUNCTION celsius_in(cstring) RETURNS celsius LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION celsius_out(celsius) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
COMMENT ON FUNCTION celsius_in(cstring) IS 'reads degrees';
CREATE TYPE celsius (INPUT = celsius_in, OUTPUT = celsius_out, LIKE = integer, CATEGORY = 'N', DEFAULT = '20', DELIMITER = ';');
COMMENT ON TYPE celsius IS 'degrees';
CREATE FUNCTION warmer(celsius, celsius) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4gt';
CREATE OPERATOR > (LEFTARG = celsius, RIGHTARG = celsius, FUNCTION = warmer);
CREATE TABLE days (day date PRIMARY KEY, high celsius NOT NULL DEFAULT '25'::celsius, lows celsius[], CHECK (high > '0'::celsius));
CREATE TYPE label;
CREATE SCHEMA io;
CREATE FUNCTION io.label_in(cstring) RETURNS label LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION io.label_out(label) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION io.label_recv(internal) RETURNS label LANGUAGE internal STABLE STRICT AS 'textrecv';
CREATE FUNCTION io.label_send(label) RETURNS bytea LANGUAGE internal STABLE STRICT AS 'textsend';
CREATE TYPE label (INPUT = io.label_in, OUTPUT = io.label_out, RECEIVE = io.label_recv, SEND = io.label_send,
  INTERNALLENGTH = variable, STORAGE = extended, COLLATABLE = true);
CREATE TABLE labels (l label COLLATE "C");
