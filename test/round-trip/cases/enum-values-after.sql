CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy', 'ecstatic');
CREATE TYPE size AS ENUM ('l', 'm');
CREATE TABLE people (m mood DEFAULT 'sad', s size DEFAULT 'm', sizes size[]);
CREATE TYPE public.temper AS ENUM ('calm', 'glad', 'wild');
CREATE TABLE public.diary (
    moods int4range,
    day public.temper
);
