CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TYPE size AS ENUM ('s', 'm', 'l');
CREATE TABLE people (m mood DEFAULT 'sad', s size DEFAULT 'm', sizes size[]);
CREATE TYPE public.temper AS ENUM ('calm', 'glad');
CREATE FUNCTION public.one(value integer) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT 1::bigint';
CREATE TABLE public.diary (
    moods public.temper[],
    day text NOT NULL,
    number bigint GENERATED ALWAYS AS (public.one(1)) STORED
);
