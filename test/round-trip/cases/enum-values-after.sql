CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy', 'ecstatic');
CREATE TYPE size AS ENUM ('l', 'm');
CREATE TABLE people (m mood DEFAULT 'sad', s size DEFAULT 'm', sizes size[]);
