-- requires: 18
CREATE TABLE named (
    id integer CONSTRAINT id_is_there NOT NULL,
    code text CONSTRAINT code_is_there NOT NULL,
    plain text NOT NULL
);
ALTER TABLE named ADD COLUMN late text;
ALTER TABLE named ADD CONSTRAINT late_is_there NOT NULL late NOT VALID;
CREATE TABLE computed (a integer, b integer GENERATED ALWAYS AS (a * 2) VIRTUAL, CHECK (a > 0) NOT ENFORCED);
