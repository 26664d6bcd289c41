/** Two states of a database, as SQL that builds each in an empty one. */
export interface Transition {
  readonly before: string
  readonly after: string
  /** Built under both, so that it stays. */
  readonly common?: string
  /** The oldest server that can do it in one transaction. */
  readonly since?: number
}

/** Changes that need an order, something taken down and put back, or several operations. */
export const transitions: Readonly<Record<string, Transition>> = {
  'two tables that refer to each other': {
    before: '',
    after: `
      CREATE TABLE orgs (id int PRIMARY KEY, owner int);
      CREATE TABLE users (id int PRIMARY KEY, org int REFERENCES orgs);
      ALTER TABLE orgs ADD FOREIGN KEY (owner) REFERENCES users`,
  },
  'three tables that refer to each other in a ring, and one to itself': {
    before: '',
    after: `
      CREATE TABLE a (id int PRIMARY KEY, b int, a int REFERENCES a);
      CREATE TABLE b (id int PRIMARY KEY, c int);
      CREATE TABLE c (id int PRIMARY KEY, a int REFERENCES a);
      ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b;
      ALTER TABLE b ADD FOREIGN KEY (c) REFERENCES c`,
  },
  'a foreign key to a unique index': {
    before: 'CREATE TABLE other (n int)',
    after: `
      CREATE TABLE b (n int, m int);
      CREATE UNIQUE INDEX b_n ON b (n);
      CREATE TABLE a (n int REFERENCES b (n));
      CREATE TABLE other (n int REFERENCES b (n))`,
  },
  'a sequence, the default that calls it, and the column that owns it': {
    before: '',
    after: `
      CREATE SEQUENCE numbers START 100;
      CREATE TABLE t (id int DEFAULT nextval('numbers'));
      ALTER SEQUENCE numbers OWNED BY t.id`,
  },
  'a column with a sequence of its own on a table that stays': {
    before: 'CREATE TABLE t (a int)',
    after: `
      CREATE SEQUENCE numbers START 100;
      CREATE TABLE t (a int, id int DEFAULT nextval('numbers'));
      ALTER SEQUENCE numbers OWNED BY t.id`,
  },
  'a default that calls a function over the row of its table': {
    before: '',
    after: `
      CREATE TABLE t (a int, b int);
      CREATE FUNCTION width(t) RETURNS int LANGUAGE sql AS 'SELECT 1';
      CREATE FUNCTION fresh() RETURNS int LANGUAGE plpgsql AS 'DECLARE r t%ROWTYPE; BEGIN RETURN 1; END';
      ALTER TABLE t ALTER b SET DEFAULT width(NULL::t), ADD CHECK (width(t) > 0)`,
  },
  'functions in SQL that name tables and each other': {
    before: '',
    after: `
      CREATE TABLE zebra (id int);
      CREATE FUNCTION second() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM zebra';
      CREATE FUNCTION first() RETURNS bigint LANGUAGE sql AS 'SELECT second()';
      CREATE TABLE apple (id bigint DEFAULT first())`,
  },
  'a function in SQL whose table becomes a view': {
    before: `
      CREATE TABLE jobs (id int, note text);
      CREATE FUNCTION notes() RETURNS SETOF text LANGUAGE sql AS 'SELECT note FROM jobs'`,
    after: `
      CREATE TABLE private_jobs (id int, note text);
      CREATE VIEW jobs AS SELECT id FROM private_jobs;
      CREATE FUNCTION notes() RETURNS SETOF text LANGUAGE sql AS 'SELECT note FROM private_jobs'`,
  },
  'another type of the column by which a table is partitioned, and by which a partition is': {
    before: `
      CREATE TABLE t (id int, "Kind" text) PARTITION BY RANGE (id);
      CREATE TABLE t_low PARTITION OF t FOR VALUES FROM (0) TO (10) PARTITION BY LIST ("Kind");
      CREATE TABLE t_low_a PARTITION OF t_low FOR VALUES IN ('a');
      CREATE VIEW v AS SELECT id FROM t`,
    after: `
      CREATE TABLE t (id bigint, "Kind" varchar(5)) PARTITION BY RANGE (id);
      CREATE TABLE t_low PARTITION OF t FOR VALUES FROM (0) TO (10) PARTITION BY LIST ("Kind");
      CREATE TABLE t_low_a PARTITION OF t_low FOR VALUES IN ('a');
      CREATE VIEW v AS SELECT id FROM t`,
  },
  'views on views around the change of a column': {
    common: 'CREATE TABLE u (id int)',
    before: `
      CREATE TABLE t (id int, name varchar(10), kept int);
      CREATE VIEW names AS SELECT id, upper(name) AS name FROM t;
      CREATE VIEW long_names AS SELECT * FROM names WHERE length(name) > 5;
      CREATE MATERIALIZED VIEW cached AS SELECT * FROM long_names;
      CREATE INDEX cached_id ON cached (id);
      CREATE VIEW others AS SELECT kept FROM t;
      COMMENT ON VIEW names IS 'upper'`,
    after: `
      CREATE TABLE t (id int, name text, kept int);
      CREATE VIEW names AS SELECT id, upper(name) AS name FROM t;
      CREATE VIEW long_names AS SELECT * FROM names WHERE length(name) > 5;
      CREATE MATERIALIZED VIEW cached AS SELECT * FROM long_names;
      CREATE INDEX cached_id ON cached (id);
      CREATE VIEW others AS SELECT kept FROM t;
      COMMENT ON VIEW names IS 'upper'`,
  },
  'what refuses another type of a column beside views': {
    common: `CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END'`,
    before: `
      CREATE TABLE t (id int, n int, m int GENERATED ALWAYS AS (n * 2) STORED);
      CREATE INDEX t_m ON t (m);
      CREATE POLICY p ON t USING (n > 1);
      CREATE TRIGGER g BEFORE UPDATE OF n ON t FOR EACH ROW WHEN (new.n > 1) EXECUTE FUNCTION touch();
      CREATE RULE r AS ON INSERT TO t WHERE new.n < 0 DO INSTEAD NOTHING`,
    after: `
      CREATE TABLE t (id int, n bigint, m int GENERATED ALWAYS AS (n * 2) STORED);
      CREATE INDEX t_m ON t (m);
      CREATE POLICY p ON t USING (n > 1);
      CREATE TRIGGER g BEFORE UPDATE OF n ON t FOR EACH ROW WHEN (new.n > 1) EXECUTE FUNCTION touch();
      CREATE RULE r AS ON INSERT TO t WHERE new.n < 0 DO INSTEAD NOTHING`,
  },
  'another type on both sides of a foreign key': {
    before: `
      CREATE TABLE a (id int PRIMARY KEY);
      CREATE TABLE b (a int REFERENCES a)`,
    after: `
      CREATE TABLE a (id text PRIMARY KEY);
      CREATE TABLE b (a text REFERENCES a)`,
  },
  'a view that takes the name of a table': {
    before: `
      CREATE TABLE items (id int PRIMARY KEY);
      CREATE INDEX items_id ON items (id)`,
    after: `
      CREATE TABLE items_v2 (id int);
      CREATE VIEW items AS SELECT id FROM items_v2;
      CREATE SEQUENCE items_id`,
  },
  'a unique constraint that becomes an index of the same name, with a foreign key on it': {
    before: `
      CREATE TABLE a (n int CONSTRAINT a_n UNIQUE);
      CREATE TABLE b (n int REFERENCES a (n))`,
    after: `
      CREATE TABLE a (n int);
      CREATE UNIQUE INDEX a_n ON a (n);
      CREATE TABLE b (n int REFERENCES a (n))`,
  },
  'another primary key below foreign keys and a view that groups by it': {
    before: `
      CREATE TABLE a (x int NOT NULL, y int NOT NULL, CONSTRAINT a_pkey PRIMARY KEY (x), UNIQUE (y));
      CREATE VIEW v AS SELECT x, y, count(*) FROM a GROUP BY x;
      CREATE TABLE b (a int REFERENCES a (x), c int REFERENCES a (y))`,
    after: `
      CREATE TABLE a (x int NOT NULL, y int NOT NULL, CONSTRAINT a_pkey PRIMARY KEY (x, y), UNIQUE (y));
      CREATE TABLE b (a int, c int REFERENCES a (y))`,
  },
  'a primary key and a unique constraint over the same columns': {
    before: '',
    after: 'CREATE TABLE t (id int PRIMARY KEY, CONSTRAINT again UNIQUE (id))',
  },
  'values added to an enum, one of them a default at once': {
    // Older servers want a commit in between.
    since: 17,
    before: `
      CREATE TYPE mood AS ENUM ('ok');
      CREATE TABLE t (mood mood DEFAULT 'ok')`,
    after: `
      CREATE TYPE mood AS ENUM ('sad', 'ok', 'fine', 'happy');
      CREATE TABLE t (mood mood DEFAULT 'happy')`,
  },
  'values added to an enum': {
    before: `
      CREATE TYPE mood AS ENUM ('ok');
      CREATE TABLE t (mood mood DEFAULT 'ok')`,
    after: `
      CREATE TYPE mood AS ENUM ('sad', 'ok', 'fine', 'happy');
      CREATE TABLE t (mood mood DEFAULT 'ok')`,
  },
  'a value added to an enum that much depends on': {
    before: `
      CREATE TYPE mood AS ENUM ('ok', 'sad');
      COMMENT ON TYPE mood IS 'how it is';
      CREATE FUNCTION rate(mood) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
      CREATE TABLE t (mood mood DEFAULT 'ok', moods mood[], CHECK (mood <> 'sad'));
      CREATE INDEX t_ok ON t (mood) WHERE mood = 'ok';
      CREATE INDEX t_rate ON t (rate(mood));
      CREATE VIEW v AS SELECT mood FROM t;
      CREATE POLICY p ON t USING (mood = 'ok')`,
    after: `
      CREATE TYPE mood AS ENUM ('ok', 'sad', 'happy');
      COMMENT ON TYPE mood IS 'how it is';
      CREATE FUNCTION rate(mood) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
      CREATE TABLE t (mood mood DEFAULT 'ok', moods mood[], CHECK (mood <> 'sad'));
      CREATE INDEX t_ok ON t (mood) WHERE mood = 'ok';
      CREATE INDEX t_rate ON t (rate(mood));
      CREATE VIEW v AS SELECT mood FROM t;
      CREATE POLICY p ON t USING (mood = 'ok')`,
  },
  'values removed from an enum and put in another order': {
    before: `
      CREATE TYPE mood AS ENUM ('ok', 'sad', 'happy');
      CREATE FUNCTION rate(mood) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
      CREATE TABLE t (mood mood DEFAULT 'sad', kept mood DEFAULT 'ok', moods mood[]);
      CREATE TABLE gone (mood mood);
      CREATE INDEX t_ok ON t (mood) WHERE mood = 'ok';
      CREATE VIEW v AS SELECT mood FROM t`,
    after: `
      CREATE TYPE mood AS ENUM ('happy', 'ok');
      CREATE FUNCTION rate(mood) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
      CREATE TABLE t (mood mood DEFAULT 'happy', kept mood DEFAULT 'ok', moods mood[]);
      CREATE TABLE fresh (mood mood);
      CREATE INDEX t_ok ON t (mood) WHERE mood = 'ok';
      CREATE VIEW v AS SELECT mood FROM t`,
  },
  'columns that become an enum or end being one': {
    before: `
      CREATE TYPE old AS ENUM ('a', 'b');
      CREATE TABLE t (x old DEFAULT 'a', y text DEFAULT 'b')`,
    after: `
      CREATE TYPE fresh AS ENUM ('a', 'b');
      CREATE TABLE t (x text DEFAULT 'a', y fresh DEFAULT 'b')`,
  },
  'a domain, a composite and a range type that columns have': {
    before: `
      CREATE DOMAIN email AS text CHECK (VALUE <> '');
      CREATE TYPE point3 AS (x int, y int);
      CREATE TABLE t (email email DEFAULT 'a@b', emails email[], point point3);
      CREATE VIEW v AS SELECT email FROM t;
      CREATE INDEX t_email ON t (email)`,
    after: `
      CREATE DOMAIN email AS text CHECK (VALUE ~ '@');
      CREATE TYPE point3 AS (x int, y int, z int);
      CREATE TABLE t (email email DEFAULT 'a@b', emails email[], point point3);
      CREATE VIEW v AS SELECT email FROM t;
      CREATE INDEX t_email ON t (email)`,
  },
  'integers that become serial or identity and back': {
    before: `
      CREATE TABLE t (a int NOT NULL, b serial, c bigserial, d int NOT NULL GENERATED ALWAYS AS IDENTITY, e serial);
      CREATE SEQUENCE numbers;
      CREATE TABLE u (a int NOT NULL DEFAULT nextval('numbers'), b serial)`,
    after: `
      CREATE TABLE t (a serial, b int NOT NULL, c int NOT NULL GENERATED BY DEFAULT AS IDENTITY, d serial, e bigserial);
      CREATE SEQUENCE numbers;
      CREATE TABLE u (a serial, b int NOT NULL DEFAULT nextval('numbers'))`,
  },
  'a function with another result below all that calls it': {
    before: `
      CREATE FUNCTION f(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';
      CREATE TABLE t (a int DEFAULT f(1), b int GENERATED ALWAYS AS (f(2)) STORED, CHECK (f(a) > 0));
      CREATE INDEX t_f ON t (f(a));
      CREATE VIEW v AS SELECT f(a) FROM t`,
    after: `
      CREATE FUNCTION f(int) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT $1::bigint';
      CREATE TABLE t (a int DEFAULT f(1), b int GENERATED ALWAYS AS (f(2)) STORED, CHECK (f(a) > 0));
      CREATE INDEX t_f ON t (f(a));
      CREATE VIEW v AS SELECT f(a) FROM t`,
  },
  'a function with another body and comment': {
    before: `
      CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';
      COMMENT ON FUNCTION f(int) IS 'one';
      CREATE VIEW v AS SELECT f(1)`,
    after: `
      CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql IMMUTABLE STRICT AS 'SELECT 2';
      CREATE VIEW v AS SELECT f(1)`,
  },
  'a generated column with another expression, and one that ends being generated': {
    before: `
      CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a) STORED, c int GENERATED ALWAYS AS (a) STORED, d int DEFAULT 5);
      CREATE INDEX t_b ON t (b, c);
      CREATE VIEW v AS SELECT b, c, d FROM t`,
    after: `
      CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) STORED, c int, d int GENERATED ALWAYS AS (a) STORED);
      CREATE INDEX t_b ON t (b, c);
      CREATE VIEW v AS SELECT b, c, d FROM t`,
  },
  'a column that goes with everything on it while others come': {
    before: `
      CREATE TABLE a (id int PRIMARY KEY);
      CREATE TABLE t (id int, a int REFERENCES a CHECK (a > 0), n text COLLATE "C");
      CREATE INDEX t_a ON t (a);
      CREATE VIEW v AS SELECT id, a FROM t`,
    after: `
      CREATE TABLE a (id int PRIMARY KEY);
      CREATE TABLE t (id int NOT NULL, b int UNIQUE, n text, c uuid DEFAULT gen_random_uuid());
      COMMENT ON COLUMN t.n IS 'note';
      CREATE VIEW v AS SELECT id, b FROM t`,
  },
  'properties of a table': {
    before: `
      CREATE TABLE t (id int NOT NULL);
      CREATE UNIQUE INDEX t_id ON t (id);
      COMMENT ON TABLE t IS 'old'`,
    after: `
      CREATE UNLOGGED TABLE t (id int NOT NULL) WITH (fillfactor = 70);
      CREATE UNIQUE INDEX t_id ON t (id);
      ALTER TABLE t REPLICA IDENTITY USING INDEX t_id, ENABLE ROW LEVEL SECURITY`,
  },
  'a table known by an index of its own': {
    before: '',
    after: `
      CREATE TABLE t (id int NOT NULL);
      CREATE UNIQUE INDEX t_id ON t (id);
      ALTER TABLE t REPLICA IDENTITY USING INDEX t_id`,
  },
  'a partitioned table with its partitions and indexes': {
    before: '',
    after: `
      CREATE TABLE p (id int, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
      CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
      CREATE TABLE p2 PARTITION OF p FOR VALUES FROM ('2021-01-01') TO ('2022-01-01') PARTITION BY HASH (id);
      CREATE TABLE p20 PARTITION OF p2 FOR VALUES WITH (MODULUS 1, REMAINDER 0);
      CREATE INDEX p_at ON p (at)`,
  },
  'a partition more, a partition less, one detached, and columns of all': {
    before: `
      CREATE TABLE p (id int, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
      CREATE INDEX p_at ON p (at);
      CREATE TABLE kept PARTITION OF p FOR VALUES FROM ('2019-01-01') TO ('2020-01-01');
      CREATE TABLE gone PARTITION OF p FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')`,
    after: `
      CREATE TABLE p (id bigint, at date, note text NOT NULL DEFAULT '', PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
      CREATE INDEX p_at ON p (at);
      CREATE TABLE kept PARTITION OF p FOR VALUES FROM ('2019-01-01') TO ('2020-01-01');
      CREATE TABLE fresh PARTITION OF p FOR VALUES FROM ('2021-01-01') TO ('2022-01-01')`,
  },
  'an index on a partitioned table that stays': {
    common: `
      CREATE TABLE p (id int, at date) PARTITION BY RANGE (at);
      CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2020-01-01') TO ('2021-01-01') PARTITION BY RANGE (at);
      CREATE TABLE p11 PARTITION OF p1 FOR VALUES FROM ('2020-01-01') TO ('2020-07-01')`,
    before: 'CREATE INDEX p_id ON p (id)',
    after: 'CREATE INDEX p_at ON p (at)',
  },
  'a table that is attached and one that is detached': {
    before: `
      CREATE TABLE p (id int) PARTITION BY LIST (id);
      CREATE TABLE a PARTITION OF p FOR VALUES IN (1);
      CREATE TABLE b (id int, gone int)`,
    after: `
      CREATE TABLE p (id int) PARTITION BY LIST (id);
      CREATE TABLE a (id int, fresh int);
      CREATE TABLE b PARTITION OF p FOR VALUES IN (1, 2)`,
  },
  'keys of a partitioned table that stays': {
    common: `
      CREATE TABLE p (id int NOT NULL, n int NOT NULL) PARTITION BY LIST (id);
      CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1) PARTITION BY LIST (n);
      CREATE TABLE p11 PARTITION OF p1 DEFAULT;
      CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2)`,
    before: `
      ALTER TABLE p ADD PRIMARY KEY (id, n)`,
    after: `
      ALTER TABLE p ADD CONSTRAINT other UNIQUE (n, id);
      CREATE TABLE f (id int, n int, FOREIGN KEY (n, id) REFERENCES p (n, id))`,
  },
  'tables with keys and indexes that are attached to those of a parent, which is new or stays': {
    before: `
      CREATE TABLE p (id int PRIMARY KEY, n int) PARTITION BY LIST (id);
      CREATE INDEX p_n ON p (n);
      CREATE TABLE a (id int PRIMARY KEY, n int);
      CREATE INDEX a_n ON a (n);
      CREATE TABLE b (id int, n int);
      CREATE TABLE c (id int)`,
    after: `
      CREATE TABLE p (id int PRIMARY KEY, n int) PARTITION BY LIST (id);
      CREATE INDEX p_n ON p (n);
      CREATE TABLE a (id int PRIMARY KEY, n int);
      CREATE INDEX a_n ON a (n);
      ALTER TABLE p ATTACH PARTITION a FOR VALUES IN (1);
      CREATE TABLE b PARTITION OF p FOR VALUES IN (2);
      CREATE TABLE q (id int PRIMARY KEY) PARTITION BY LIST (id);
      CREATE TABLE c PARTITION OF q DEFAULT;
      CREATE INDEX q_id ON q (id)`,
  },
  'columns of a parent that children inherit': {
    before: `
      CREATE TABLE parent (id int, old int DEFAULT 1);
      CREATE TABLE child (own int) INHERITS (parent)`,
    after: `
      CREATE TABLE parent (id bigint, fresh text DEFAULT 'x' NOT NULL);
      CREATE TABLE child (own int) INHERITS (parent)`,
  },
  'everything in a schema of its own': {
    before: '',
    after: `
      CREATE SCHEMA app;
      CREATE TYPE app.status AS ENUM ('a');
      CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
      CREATE TABLE app.t (id serial PRIMARY KEY, status app.status DEFAULT 'a');
      CREATE TRIGGER touch BEFORE UPDATE ON app.t FOR EACH ROW EXECUTE FUNCTION app.touch();
      ALTER TABLE app.t ENABLE ROW LEVEL SECURITY;
      CREATE POLICY mine ON app.t USING (status = 'a');
      CREATE VIEW app.v AS SELECT * FROM app.t;
      CREATE RULE r AS ON DELETE TO app.v DO INSTEAD DELETE FROM app.t WHERE id = old.id;
      COMMENT ON TRIGGER touch ON app.t IS 'now'`,
  },
  "sequences of identities that are unlogged, and that are not as their table's": {
    since: 15,
    before: `
      CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY, b int);
      CREATE UNLOGGED TABLE u (a int GENERATED ALWAYS AS IDENTITY (LOGGED))`,
    after: `
      CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY (UNLOGGED),
        b int NOT NULL GENERATED ALWAYS AS IDENTITY (UNLOGGED));
      CREATE UNLOGGED TABLE u (a int GENERATED ALWAYS AS IDENTITY,
        c int GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME s LOGGED))`,
  },
  "partitions where a trigger does not fire as the parent's does": {
    common: `CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END'`,
    before: `
      CREATE TABLE p (id int, n int) PARTITION BY LIST (id);
      CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
      CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);
      CREATE TABLE p3 PARTITION OF p FOR VALUES IN (3);
      CREATE TRIGGER a AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION touch();
      CREATE TRIGGER b AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION touch();
      ALTER TABLE p1 DISABLE TRIGGER a;
      ALTER TABLE p2 DISABLE TRIGGER b;
      ALTER TABLE p3 ENABLE REPLICA TRIGGER b`,
    after: `
      CREATE TABLE p (id int, n int) PARTITION BY LIST (id);
      CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
      CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);
      CREATE TABLE p4 PARTITION OF p FOR VALUES IN (4) PARTITION BY LIST (n);
      CREATE TABLE p41 PARTITION OF p4 FOR VALUES IN (1);
      CREATE TRIGGER a AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION touch();
      CREATE TRIGGER b AFTER UPDATE ON p FOR EACH ROW EXECUTE FUNCTION touch();
      ALTER TABLE p ENABLE ALWAYS TRIGGER a;
      ALTER TABLE p1 ENABLE TRIGGER a;
      ALTER TABLE p2 DISABLE TRIGGER b;
      ALTER TABLE p4 DISABLE TRIGGER b;
      ALTER TABLE p41 ENABLE TRIGGER b`,
  },
  'a function that looks into a table, and then through a view into what comes in its place': {
    since: 14,
    before: `
      CREATE TABLE t (id int) PARTITION BY RANGE (id);
      CREATE FUNCTION f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM t; END`,
    after: `
      CREATE TABLE t (id int);
      CREATE VIEW v AS SELECT id FROM t;
      CREATE FUNCTION f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM v; END`,
  },
  'a function that looks into a table, and then through a view into a view of its name': {
    since: 14,
    before: `
      CREATE TABLE t (id int);
      CREATE FUNCTION f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM t; END`,
    after: `
      CREATE VIEW t AS SELECT 1 AS id;
      CREATE VIEW v AS SELECT id FROM t;
      CREATE FUNCTION f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM v; END`,
  },
  'a partition with other bounds while columns of its parent come, go and change': {
    before: `
      CREATE TABLE p (id int PRIMARY KEY, n int, t int) PARTITION BY LIST (id);
      CREATE TABLE b PARTITION OF p FOR VALUES IN (2);
      CREATE TABLE c PARTITION OF p FOR VALUES IN (3)`,
    after: `
      CREATE TABLE p (id int, t text, fresh int DEFAULT 7) PARTITION BY LIST (id);
      CREATE TABLE b PARTITION OF p FOR VALUES IN (1, 2);
      CREATE TABLE c PARTITION OF p FOR VALUES IN (3)`,
  },
  'a generated column that becomes plain, and the function that it called goes': {
    before: `
      CREATE FUNCTION f(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
      CREATE TABLE t (a int, b int GENERATED ALWAYS AS (f(a)) STORED)`,
    after: 'CREATE TABLE t (a int, b int UNIQUE)',
  },
  'comments alone': {
    before: `
      CREATE TABLE t (id int CONSTRAINT k PRIMARY KEY CONSTRAINT c CHECK (id > 0));
      COMMENT ON INDEX k IS 'behind';
      CREATE INDEX i ON t (id);
      CREATE VIEW v AS SELECT id FROM t;
      COMMENT ON COLUMN v.id IS 'old';
      CREATE TYPE e AS ENUM ('a');
      COMMENT ON TYPE e IS 'old';
      CREATE SEQUENCE s`,
    after: `
      CREATE TABLE t (id int CONSTRAINT k PRIMARY KEY CONSTRAINT c CHECK (id > 0));
      COMMENT ON INDEX k IS 'behind the key';
      COMMENT ON CONSTRAINT c ON t IS 'positive';
      CREATE INDEX i ON t (id);
      COMMENT ON INDEX i IS 'quick';
      CREATE VIEW v AS SELECT id FROM t;
      COMMENT ON VIEW v IS 'new';
      CREATE TYPE e AS ENUM ('a', 'b');
      COMMENT ON TYPE e IS 'new';
      CREATE SEQUENCE s CACHE 5;
      COMMENT ON SEQUENCE s IS 'new'`,
  },
  'a view with another query, its rule, its trigger and its default': {
    common: `
      CREATE TABLE t (a int, b int);
      CREATE FUNCTION put() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END'`,
    before: `
      CREATE VIEW v AS SELECT a FROM t;
      ALTER VIEW v ALTER a SET DEFAULT 5;
      CREATE RULE gone AS ON DELETE TO v DO INSTEAD NOTHING;
      CREATE TRIGGER put INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION put();
      CREATE VIEW w AS SELECT a FROM v`,
    after: `
      CREATE VIEW v AS SELECT b, a FROM t;
      ALTER VIEW v ALTER a SET DEFAULT 5;
      CREATE RULE gone AS ON DELETE TO v DO INSTEAD NOTHING;
      CREATE TRIGGER put INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION put();
      CREATE VIEW w AS SELECT a FROM v`,
  },
  'a function with a body that the server keeps taken apart': {
    since: 14,
    before: `
      CREATE TABLE t (a int, b int);
      CREATE FUNCTION total() RETURNS bigint BEGIN ATOMIC SELECT sum(a) FROM t; END;
      CREATE VIEW v AS SELECT total()`,
    after: `
      CREATE TABLE t (b int, c int);
      CREATE FUNCTION total() RETURNS bigint BEGIN ATOMIC SELECT sum(c) FROM t; END;
      CREATE VIEW v AS SELECT total()`,
  },
  'a function with other arguments below an aggregate, a trigger and an operator': {
    before: `
      CREATE FUNCTION add(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
      CREATE AGGREGATE total(int) (SFUNC = add, STYPE = int);
      CREATE OPERATOR <+> (FUNCTION = add, LEFTARG = int, RIGHTARG = int);
      CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
      CREATE TABLE t (a int DEFAULT 1 <+> 2);
      CREATE TRIGGER touch BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION touch();
      CREATE VIEW v AS SELECT total(a) FROM t`,
    after: `
      CREATE FUNCTION add(bigint, bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
      CREATE AGGREGATE total(bigint) (SFUNC = add, STYPE = bigint);
      CREATE TABLE t (a int);
      CREATE VIEW v AS SELECT total(a) FROM t`,
  },
  'types made of types': {
    before: `
      CREATE TYPE mood AS ENUM ('ok', 'sad');
      CREATE DOMAIN known_mood AS mood CHECK (VALUE <> 'sad');
      CREATE TYPE person AS (name text, mood mood);
      CREATE TYPE span AS RANGE (SUBTYPE = int);
      CREATE FUNCTION mood_of(person) RETURNS mood LANGUAGE sql AS $$ SELECT $1.mood $$;
      CREATE TABLE t (a known_mood, b person, c person[], d span, e mood DEFAULT 'ok')`,
    after: `
      CREATE TYPE mood AS ENUM ('fine', 'ok');
      CREATE DOMAIN known_mood AS mood CHECK (VALUE <> 'fine');
      CREATE TYPE person AS (name text, mood mood);
      CREATE TYPE span AS RANGE (SUBTYPE = bigint);
      CREATE FUNCTION mood_of(person) RETURNS mood LANGUAGE sql AS $$ SELECT $1.mood $$;
      CREATE TABLE t (a known_mood, b person, c person[], d span, e mood DEFAULT 'ok')`,
  },
  'a collation that columns have': {
    before: `
      CREATE COLLATION mine (LOCALE = 'C');
      CREATE TABLE t (a text COLLATE mine, b varchar(5) COLLATE mine NOT NULL, c int);
      CREATE INDEX t_a ON t (a);
      CREATE VIEW v AS SELECT a FROM t`,
    after: `
      CREATE COLLATION mine (LOCALE = 'POSIX');
      CREATE TABLE t (a text COLLATE mine, b varchar(5) COLLATE mine NOT NULL, c int);
      CREATE INDEX t_a ON t (a);
      CREATE VIEW v AS SELECT a FROM t`,
  },
  'everything that can be on a column, and its other type': {
    before: `
      CREATE TABLE t (a varchar(10) NOT NULL DEFAULT 'x' CHECK (a <> ''), b int DEFAULT 5 CHECK (b > 0));
      ALTER TABLE t ADD UNIQUE (a), ADD EXCLUDE USING btree (b WITH =), ALTER a SET STATISTICS 50;
      CREATE INDEX t_lower ON t (lower(a)) WHERE b > 3;
      CREATE STATISTICS s (ndistinct) ON a, b FROM t`,
    after: `
      CREATE TABLE t (a text DEFAULT 'x' CHECK (a <> ''), b numeric(10, 2) DEFAULT 5 CHECK (b > 0));
      ALTER TABLE t ADD UNIQUE (a), ADD EXCLUDE USING btree (b WITH =), ALTER a SET STATISTICS 50;
      CREATE INDEX t_lower ON t (lower(a)) WHERE b > 3;
      CREATE STATISTICS s (ndistinct) ON a, b FROM t`,
  },
  'options of constraints, identities and sequences': {
    before: `
      CREATE TABLE a (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n int UNIQUE);
      CREATE TABLE b (a int REFERENCES a, n int REFERENCES a (n) ON DELETE CASCADE);
      ALTER TABLE b ADD CONSTRAINT positive CHECK (a > 0) NOT VALID;
      CREATE SEQUENCE s AS int MAXVALUE 100 OWNED BY b.a`,
    after: `
      CREATE TABLE a (id int GENERATED BY DEFAULT AS IDENTITY (START 10 INCREMENT 5) PRIMARY KEY, n int UNIQUE DEFERRABLE);
      CREATE TABLE b (a int REFERENCES a DEFERRABLE INITIALLY DEFERRED, n int);
      ALTER TABLE b ADD CONSTRAINT positive CHECK (a > 0);
      CREATE SEQUENCE s AS bigint CYCLE`,
  },
  'a schema that goes with all that is in it': {
    before: `
      CREATE SCHEMA old;
      CREATE TYPE old.status AS ENUM ('a');
      CREATE TABLE old.a (id serial PRIMARY KEY, status old.status);
      CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES old.a, status old.status DEFAULT 'a');
      CREATE FUNCTION old.statuses() RETURNS SETOF old.status LANGUAGE sql AS 'SELECT status FROM old.a';
      CREATE VIEW v AS SELECT status FROM old.statuses() status`,
    after: `
      CREATE SCHEMA fresh;
      CREATE TABLE b (id int PRIMARY KEY, status text DEFAULT 'a');
      CREATE VIEW fresh.v AS SELECT status FROM b`,
  },
  'a table that becomes partitioned, below a view and a foreign key': {
    before: `
      CREATE TABLE t (id int PRIMARY KEY, note text);
      CREATE INDEX t_note ON t (note);
      CREATE TABLE u (t int REFERENCES t);
      CREATE VIEW v AS SELECT note FROM t`,
    after: `
      CREATE TABLE t (id int PRIMARY KEY, note text) PARTITION BY RANGE (id);
      CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
      CREATE INDEX t_note ON t (note);
      CREATE TABLE u (t int REFERENCES t);
      CREATE VIEW v AS SELECT note FROM t`,
  },
  'event triggers and publications': {
    before: '',
    after: `
      CREATE TABLE t (id int PRIMARY KEY);
      CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
      CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION watch();
      CREATE PUBLICATION p FOR TABLE t`,
  },
  'functions that an extension brings from then on': {
    before: `
      CREATE FUNCTION levenshtein(text, text) RETURNS int LANGUAGE sql AS 'SELECT 0';
      CREATE FUNCTION distance(text) RETURNS int LANGUAGE sql AS 'SELECT 1';
      CREATE TABLE t (a int DEFAULT distance('a'))`,
    after: `
      CREATE EXTENSION fuzzystrmatch;
      CREATE TABLE t (a int DEFAULT levenshtein('a', 'b'))`,
  },
}
