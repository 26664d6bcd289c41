CREATE TABLE people (
    id integer PRIMARY KEY,
    email text UNIQUE,
    first text,
    last text,
    age integer CHECK (age > 0),
    boss integer REFERENCES people,
    CHECK (first <> last),
    UNIQUE (first, last)
);
CREATE INDEX ON people (last, first);
CREATE INDEX chosen_by_hand ON people (first);
CREATE UNIQUE INDEX ON people (lower(email));
CREATE INDEX ON people (boss) INCLUDE (age);

-- A second name of the same making is counted on, and so has to be said.
CREATE TABLE counted (
    a integer CHECK (a > 0) CHECK (a < 10),
    b integer CHECK (b > 0),
    CHECK (a < b),
    CHECK (a + 1 < b)
);
CREATE INDEX ON counted (a);
CREATE INDEX ON counted (a) WHERE b > 1;
CREATE INDEX ON counted (a, a);

CREATE INDEX ON counted (b, a, (a + b));

-- Constraints of two tables may have one name, and only one of them would get it again.
CREATE TABLE first_of_two (a integer CONSTRAINT second_of_two_a_check CHECK (a > 0));
CREATE TABLE second_of_two (a integer CONSTRAINT second_of_two_a_check CHECK (a > 0));

-- One table's name is made like another's.
CREATE TABLE several (a_first_column integer, a_second_column integer, a_third_column integer);
CREATE INDEX ON several (a_first_column, a_second_column, a_third_column);
CREATE TABLE a_b (c integer UNIQUE);
CREATE TABLE a (b_c integer UNIQUE);

-- Names that do not fit are cut.
CREATE TABLE a_table_with_a_name_that_takes_nearly_all_the_bytes_there_are (
    a_column_with_a_long_name_of_its_own integer UNIQUE,
    "größenänderungsgeschwindigkeitsbegrenzung" integer CHECK ("größenänderungsgeschwindigkeitsbegrenzung" > 0),
    and_another_column_whose_name_is_long integer,
    UNIQUE (a_column_with_a_long_name_of_its_own, and_another_column_whose_name_is_long)
);

-- A name that something refers to is said, though the database would choose it.
CREATE TABLE spoken_of (id integer PRIMARY KEY, code text NOT NULL UNIQUE, CHECK (code <> ''));
COMMENT ON CONSTRAINT spoken_of_code_key ON spoken_of IS 'by its name';
ALTER TABLE spoken_of REPLICA IDENTITY USING INDEX spoken_of_code_key;
ALTER TABLE spoken_of CLUSTER ON spoken_of_pkey;

-- A check that names no column, one that only seems to, and one on a type's word.
CREATE TABLE odd (date date, text text, "b c" integer, CHECK (1 < 2), CHECK ("b c" > 0), CHECK (text::date < date));

CREATE DOMAIN code AS text CHECK (VALUE <> '') CHECK (length(VALUE) < 10) DEFAULT 'x' NOT NULL;
CREATE DOMAIN wide AS code CONSTRAINT by_hand CHECK (VALUE > 'a');
