-- Within CREATE TABLE the second of two keys over the same columns would be passed over.
CREATE TABLE twice (
    id integer PRIMARY KEY,
    code text,
    at timestamptz
);
ALTER TABLE twice ADD CONSTRAINT twice_id_again UNIQUE (id);
ALTER TABLE twice ADD UNIQUE (code);
ALTER TABLE twice ADD CONSTRAINT twice_code_again UNIQUE (code);
ALTER TABLE twice ADD CONSTRAINT twice_code_deferred UNIQUE (code) DEFERRABLE;
