CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TYPE size AS ENUM ('s', 'm', 'l');
CREATE TABLE people (m mood DEFAULT 'sad', s size DEFAULT 'm', sizes size[]);
