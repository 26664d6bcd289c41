import type { CompiledOperation } from '../../src/dialects/dialect.ts'
import { defineOperation } from '../../src/operations/custom.ts'
import type { Custom, Operation, OperationOf } from '../../src/operations/operation.ts'

/** An operation, and the SQL that makes the database it applies to. */
export interface Sample<O extends Operation = Operation> {
  readonly before: string
  readonly operation: O
  /** The line for people. */
  readonly line: string
}

type Samples = { readonly [K in CompiledOperation['kind']]: Sample<OperationOf<K>> }

const table = "CREATE TABLE t (a integer, b text DEFAULT 'x' NOT NULL);"
const triggerFunction = `CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';`

const viewObject = { kind: 'view', name: 'v', definition: 'SELECT 1 AS a', comment: 'one' } as const
const materialized = { kind: 'materializedView', name: 'm', definition: 'SELECT 1 AS a' } as const
const enumObject = { kind: 'enum', name: 'mood', values: ['sad', 'ok'] } as const
const domain = {
  kind: 'domain',
  name: 'code',
  type: 'text',
  notNull: true,
  checks: [{ name: 'short', expression: 'length(VALUE) < 5' }],
} as const
const composite = {
  kind: 'compositeType',
  name: 'pair',
  attributes: [{ name: 'a', type: 'integer' }],
} as const
const range = { kind: 'rangeType', name: 'span', subtype: 'double precision' } as const
const sequence = { kind: 'sequence', name: 's', start: 5n, comment: 'counts' } as const
const routine = {
  kind: 'routine',
  type: 'function',
  name: 'f',
  signature: 'integer',
  arguments: 'a integer',
  returns: 'integer',
  language: 'sql',
  body: 'SELECT a',
} as const
const aggregate = {
  kind: 'aggregate',
  name: 'total',
  signature: 'integer',
  arguments: 'integer',
  options: { SFUNC: 'int4pl', STYPE: 'integer' },
} as const
const trigger = {
  kind: 'trigger',
  table: 't',
  name: 'touch',
  timing: 'before',
  events: ['insert'],
  forEach: 'row',
  execute: 'f()',
} as const
const rule = {
  kind: 'rule',
  table: 't',
  name: 'keep',
  definition: 'ON DELETE TO t DO INSTEAD NOTHING',
} as const
const policy = { kind: 'policy', table: 't', name: 'own', using: 'a > 0' } as const
const extension = { kind: 'extension', name: 'citext' } as const
const namespace = { kind: 'schema', name: 'auth', comment: 'who' } as const
const collation = {
  kind: 'collation',
  name: 'german',
  options: { provider: 'icu', locale: 'de' },
} as const
const statistics = {
  kind: 'statistics',
  name: 'st',
  kinds: [],
  expressions: ['a', 'b'],
  table: { name: 't' },
} as const
const eventTrigger = {
  kind: 'eventTrigger',
  name: 'watch',
  event: 'sql_drop',
  execute: 'e()',
} as const
const eventFunction = `CREATE FUNCTION e() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';`
const publication = { kind: 'publication', name: 'out', objects: 'ALL TABLES' } as const
const verbatim = {
  kind: 'verbatim',
  type: 'OPERATOR',
  identity: '=== (integer, integer)',
  statements: ['CREATE OPERATOR === (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer)'],
} as const

const users = {
  kind: 'table',
  schema: 'public',
  name: 'users',
  columns: [
    { name: 'id', type: 'integer', notNull: true },
    { name: 'email', type: 'varchar(20)', notNull: false, comment: 'where to' },
  ],
  rowSecurity: { enabled: true, forced: false },
  comment: 'people',
} as const
const usersKey = {
  kind: 'constraint',
  schema: 'public',
  table: 'users',
  name: 'users_pkey',
  type: 'primaryKey',
  columns: ['id'],
} as const
const usersIndex = {
  kind: 'index',
  schema: 'public',
  table: 'users',
  name: 'users_email',
  elements: [{ column: 'email' }],
  unique: true,
} as const
const usersSql = `CREATE TABLE users (id integer NOT NULL, email varchar(20),
    CONSTRAINT users_pkey PRIMARY KEY (id));
  COMMENT ON TABLE users IS 'people'; COMMENT ON COLUMN users.email IS 'where to';
  ALTER TABLE users ENABLE ROW LEVEL SECURITY;
  CREATE UNIQUE INDEX users_email ON users (email);`
const check = {
  kind: 'constraint',
  table: 't',
  name: 'positive',
  type: 'check',
  expression: 'a > 0',
} as const
const index = { kind: 'index', table: 't', name: 'ix', elements: [{ column: 'a' }] } as const

/** An operation of a project's own. */
const markTable = defineOperation({
  name: 'markTable',
  compile: (
    { table, mark }: { readonly table: string; readonly mark: string | null },
    { dialect, quote, literal },
  ) =>
    dialect === 'postgresql'
      ? `COMMENT ON TABLE ${quote(table)} IS ${literal(mark)}`
      : `SELECT ${literal(mark)} AS ${quote(table)}`,
  reverse: ({ table, mark }): Operation =>
    markTable({ table, mark: mark === null ? "it's" : null }),
})

/** One operation of every kind; forgetting a kind is a type error. */
export const samples: Samples = {
  createSchema: {
    before: '',
    operation: { kind: 'createSchema', object: namespace },
    line: '+ schema auth',
  },
  dropSchema: {
    before: `CREATE SCHEMA auth; COMMENT ON SCHEMA auth IS 'who'`,
    operation: { kind: 'dropSchema', object: { name: 'auth' }, existing: namespace },
    line: '- schema auth',
  },
  createExtension: {
    before: '',
    operation: { kind: 'createExtension', object: extension },
    line: '+ extension citext',
  },
  dropExtension: {
    before: 'CREATE EXTENSION citext',
    operation: { kind: 'dropExtension', object: { name: 'citext' }, existing: extension },
    line: '- extension citext',
  },
  createCollation: {
    before: '',
    operation: { kind: 'createCollation', object: collation },
    line: '+ collation german',
  },
  dropCollation: {
    before: `CREATE COLLATION german (provider = icu, locale = 'de')`,
    operation: { kind: 'dropCollation', object: { name: 'german' }, existing: collation },
    line: '- collation german',
  },
  createEnum: {
    before: '',
    operation: { kind: 'createEnum', object: enumObject },
    line: '+ enum mood (2 values)',
  },
  dropEnum: {
    before: `CREATE TYPE mood AS ENUM ('sad', 'ok')`,
    operation: { kind: 'dropEnum', object: { name: 'mood' }, existing: enumObject },
    line: '- enum mood',
  },
  createDomain: {
    before: '',
    operation: { kind: 'createDomain', object: domain },
    line: '+ domain code',
  },
  dropDomain: {
    before: 'CREATE DOMAIN code AS text NOT NULL CONSTRAINT short CHECK (length(VALUE) < 5)',
    operation: { kind: 'dropDomain', object: { name: 'code' }, existing: domain },
    line: '- domain code',
  },
  createCompositeType: {
    before: '',
    operation: { kind: 'createCompositeType', object: composite },
    line: '+ composite type pair',
  },
  dropCompositeType: {
    before: 'CREATE TYPE pair AS (a integer)',
    operation: { kind: 'dropCompositeType', object: { name: 'pair' }, existing: composite },
    line: '- composite type pair',
  },
  createRangeType: {
    before: '',
    operation: { kind: 'createRangeType', object: range },
    line: '+ range type span',
  },
  dropRangeType: {
    before: 'CREATE TYPE span AS RANGE (subtype = float8)',
    operation: { kind: 'dropRangeType', object: { name: 'span' }, existing: range },
    line: '- range type span',
  },
  createSequence: {
    before: '',
    operation: { kind: 'createSequence', object: sequence },
    line: '+ sequence s',
  },
  dropSequence: {
    before: `CREATE SEQUENCE s START WITH 5; COMMENT ON SEQUENCE s IS 'counts'`,
    operation: { kind: 'dropSequence', object: { name: 's' }, existing: sequence },
    line: '- sequence s',
  },
  createView: {
    before: '',
    operation: { kind: 'createView', object: viewObject },
    line: '+ view v',
  },
  dropView: {
    before: `CREATE VIEW v AS SELECT 1 AS a; COMMENT ON VIEW v IS 'one'`,
    operation: { kind: 'dropView', object: { name: 'v' }, existing: viewObject },
    line: '- view v',
  },
  replaceView: {
    before: `CREATE VIEW v AS SELECT 1 AS a; COMMENT ON VIEW v IS 'one'`,
    operation: {
      kind: 'replaceView',
      object: { kind: 'view', name: 'v', definition: 'SELECT 2 AS a' },
      existing: viewObject,
    },
    line: '~ view v',
  },
  createMaterializedView: {
    before: '',
    operation: { kind: 'createMaterializedView', object: materialized },
    line: '+ materialized view m',
  },
  dropMaterializedView: {
    before: 'CREATE MATERIALIZED VIEW m AS SELECT 1 AS a',
    operation: { kind: 'dropMaterializedView', object: { name: 'm' }, existing: materialized },
    line: '- materialized view m',
  },
  createRoutine: {
    before: '',
    operation: { kind: 'createRoutine', object: routine },
    line: '+ function f(integer)',
  },
  dropRoutine: {
    before: `CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a'`,
    operation: {
      kind: 'dropRoutine',
      object: { name: 'f', signature: 'integer' },
      existing: routine,
    },
    line: '- function f(integer)',
  },
  replaceRoutine: {
    before: `CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a'`,
    operation: {
      kind: 'replaceRoutine',
      object: { ...routine, body: 'SELECT a + 1', comment: 'more' },
      existing: routine,
    },
    line: '~ function f(integer)',
  },
  createAggregate: {
    before: '',
    operation: { kind: 'createAggregate', object: aggregate },
    line: '+ aggregate total(integer)',
  },
  dropAggregate: {
    before: 'CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer)',
    operation: {
      kind: 'dropAggregate',
      object: { name: 'total', signature: 'integer' },
      existing: aggregate,
    },
    line: '- aggregate total(integer)',
  },
  createTrigger: {
    before: table + triggerFunction,
    operation: { kind: 'createTrigger', object: trigger },
    line: '+ trigger touch on t',
  },
  dropTrigger: {
    before: `${table}${triggerFunction}
      CREATE TRIGGER touch BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()`,
    operation: {
      kind: 'dropTrigger',
      object: { name: 'touch', table: 't' },
      existing: trigger,
    },
    line: '- trigger touch on t',
  },
  createRule: {
    before: table,
    operation: { kind: 'createRule', object: rule },
    line: '+ rule keep on t',
  },
  dropRule: {
    before: `${table} CREATE RULE keep AS ON DELETE TO t DO INSTEAD NOTHING`,
    operation: { kind: 'dropRule', object: { name: 'keep', table: 't' }, existing: rule },
    line: '- rule keep on t',
  },
  createPolicy: {
    before: table,
    operation: { kind: 'createPolicy', object: policy },
    line: '+ policy own on t',
  },
  dropPolicy: {
    before: `${table} CREATE POLICY own ON t USING (a > 0)`,
    operation: { kind: 'dropPolicy', object: { name: 'own', table: 't' }, existing: policy },
    line: '- policy own on t',
  },
  createStatistics: {
    before: table,
    operation: { kind: 'createStatistics', object: statistics },
    line: '+ statistics st',
  },
  dropStatistics: {
    before: `${table} CREATE STATISTICS st ON a, b FROM t`,
    operation: { kind: 'dropStatistics', object: { name: 'st' }, existing: statistics },
    line: '- statistics st',
  },
  createEventTrigger: {
    before: eventFunction,
    operation: { kind: 'createEventTrigger', object: eventTrigger },
    line: '+ event trigger watch',
  },
  dropEventTrigger: {
    before: `${eventFunction} CREATE EVENT TRIGGER watch ON sql_drop EXECUTE FUNCTION e()`,
    operation: { kind: 'dropEventTrigger', object: { name: 'watch' }, existing: eventTrigger },
    line: '- event trigger watch',
  },
  createPublication: {
    before: '',
    operation: { kind: 'createPublication', object: publication },
    line: '+ publication out',
  },
  dropPublication: {
    before: 'CREATE PUBLICATION out FOR ALL TABLES'.replace('out', '"out"'),
    operation: { kind: 'dropPublication', object: { name: 'out' }, existing: publication },
    line: '- publication out',
  },
  createVerbatim: {
    before: '',
    operation: { kind: 'createVerbatim', object: verbatim },
    line: '+ operator === (integer, integer)',
  },
  dropVerbatim: {
    before: verbatim.statements[0],
    operation: {
      kind: 'dropVerbatim',
      object: { name: verbatim.identity, type: verbatim.type },
      existing: verbatim,
    },
    line: '- operator === (integer, integer)',
  },

  createTable: {
    before: '',
    operation: { kind: 'createTable', table: users, constraints: [usersKey] },
    line: '+ table users (2 columns)',
  },
  dropTable: {
    before: usersSql,
    operation: {
      kind: 'dropTable',
      schema: 'public',
      name: 'users',
      existing: { table: users, constraints: [usersKey], indexes: [usersIndex] },
    },
    line: '- table users',
  },
  renameTable: {
    before: table,
    operation: { kind: 'renameTable', name: 't', newName: 'T 2' },
    line: '~ table t: renamed to T 2',
  },
  alterTable: {
    before: `${table} ${triggerFunction}
      CREATE TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION f(); ALTER TABLE t DISABLE TRIGGER g;
      ALTER TABLE t SET (fillfactor = 60); COMMENT ON TABLE t IS 'was'`,
    operation: {
      kind: 'alterTable',
      table: 't',
      changes: {
        comment: null,
        unlogged: true,
        options: { fillfactor: null, autovacuum_enabled: 'false' },
        rowSecurity: { enabled: true, forced: true },
        replicaIdentity: 'full',
        triggers: { g: 'always' },
      },
      existing: { comment: 'was', options: { fillfactor: '60' }, triggers: { g: 'disabled' } },
    },
    line: '~ table t: unlogged, fillfactor default, autovacuum_enabled false, row security enabled, forced for its owner, replica identity full, trigger g always, no comment',
  },
  attachPartition: {
    before: 'CREATE TABLE p (a integer) PARTITION BY LIST (a); CREATE TABLE p1 (a integer)',
    operation: {
      kind: 'attachPartition',
      table: 'p',
      partition: { name: 'p1' },
      bounds: 'FOR VALUES IN (1)',
    },
    line: '~ table p1: partition of p',
  },
  detachPartition: {
    before: `CREATE TABLE p (a integer) PARTITION BY LIST (a); CREATE TABLE p1 (a integer);
      ALTER TABLE p ATTACH PARTITION p1 DEFAULT`,
    operation: {
      kind: 'detachPartition',
      table: 'p',
      partition: { schema: 'public', name: 'p1' },
      bounds: 'DEFAULT',
    },
    line: '~ table p1: no longer a partition of p',
  },

  addColumn: {
    before: table,
    operation: {
      kind: 'addColumn',
      schema: 'public',
      table: 't',
      column: { name: 'nick', type: 'text', notNull: false, comment: 'short' },
    },
    line: '+ column t.nick',
  },
  dropColumn: {
    before: `${table} ALTER TABLE t ADD COLUMN nick varchar(9) DEFAULT 'n' NOT NULL`,
    operation: {
      kind: 'dropColumn',
      table: 't',
      column: 'nick',
      existing: {
        name: 'nick',
        type: 'varchar(9)',
        notNull: true,
        default: { sql: `'n'::character varying` },
      },
    },
    line: '- column t.nick',
  },
  alterColumn: {
    before: `${table} COMMENT ON COLUMN t.b IS 'was'; ALTER TABLE t ALTER b SET STATISTICS 5`,
    operation: {
      kind: 'alterColumn',
      table: 't',
      column: 'b',
      changes: {
        newName: 'c',
        type: 'varchar(9)',
        collation: 'C',
        notNull: false,
        default: null,
        comment: 'is',
        storage: 'external',
        statistics: null,
      },
      existing: {
        name: 'b',
        type: 'text',
        notNull: true,
        default: { sql: `'x'::text` },
        comment: 'was',
        statistics: 5,
      },
    },
    line: `~ column t.b: type text → varchar(9), collation C, nullable, no default, storage external, statistics default, comment 'is', renamed to c`,
  },

  createConstraint: {
    before: table,
    operation: { kind: 'createConstraint', constraint: check },
    line: '+ check positive on t',
  },
  dropConstraint: {
    before: `${table} ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0)`,
    operation: { kind: 'dropConstraint', table: 't', name: 'positive', existing: check },
    line: '- check positive on t',
  },
  validateConstraint: {
    before: `${table} ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0) NOT VALID`,
    operation: { kind: 'validateConstraint', table: 't', name: 'positive' },
    line: '~ constraint positive on t: validated',
  },
  createIndex: {
    before: table,
    operation: { kind: 'createIndex', index },
    line: '+ index ix on t',
  },
  dropIndex: {
    before: `${table} CREATE INDEX ix ON t (a)`,
    operation: { kind: 'dropIndex', schema: 'public', name: 'ix', existing: index },
    line: '- index ix on t',
  },

  alterTableTogether: {
    before: `${table} CREATE INDEX ix ON t (a)`,
    operation: {
      kind: 'alterTableTogether',
      table: 't',
      changes: [
        { kind: 'dropColumn', table: 't', column: 'b' },
        { kind: 'alterColumn', table: 't', column: 'a', changes: { newName: 'z', notNull: true } },
        {
          kind: 'addColumn',
          table: 't',
          column: { name: 'c', type: 'integer', notNull: false },
          constraints: [{ ...check, name: 'c_positive', expression: 'c > 0' }],
        },
        { kind: 'dropIndex', table: 't', name: 'ix' },
      ],
      existing: {
        table: {
          kind: 'table',
          name: 't',
          columns: [
            { name: 'a', type: 'integer', notNull: false },
            { name: 'b', type: 'text', notNull: true, default: { sql: `'x'::text` } },
          ],
        },
        constraints: [],
        indexes: [index],
      },
    },
    line: '~ table t: - column t.b; ~ column t.a: not null, renamed to z; + column t.c; - index ix on t',
  },
  addEnumValue: {
    before: `CREATE TYPE mood AS ENUM ('sad', 'ok');
      CREATE TABLE t (a mood DEFAULT 'ok', b mood[])`,
    operation: {
      kind: 'addEnumValue',
      name: 'mood',
      value: 'so',
      after: 'sad',
      existing: ['sad', 'ok'],
      columns: [
        { table: 't', column: 'a', default: `'ok'::mood` },
        { table: 't', column: 'b', array: true },
      ],
    },
    line: '~ enum mood: value so added',
  },
  renameEnumValue: {
    before: `CREATE TYPE mood AS ENUM ('sad', 'ok')`,
    operation: { kind: 'renameEnumValue', name: 'mood', value: 'sad', newValue: 'so' },
    line: '~ enum mood: value sad renamed to so',
  },
  replaceEnumValues: {
    before: `CREATE TYPE mood AS ENUM ('sad', 'ok'); COMMENT ON TYPE mood IS 'how it is';
      CREATE TABLE t (a mood)`,
    operation: {
      kind: 'replaceEnumValues',
      name: 'mood',
      values: ['ok', 'fine'],
      columns: [{ table: 't', column: 'a' }],
      mapping: { sad: 'ok' },
      existing: ['sad', 'ok'],
      comment: 'how it is',
    },
    line: '~ enum mood: values sad, ok → ok, fine',
  },
  alterSequence: {
    before: 'CREATE SEQUENCE s INCREMENT BY 5',
    operation: {
      kind: 'alterSequence',
      name: 's',
      changes: { increment: null, maxValue: 99n },
      existing: { increment: 5n },
    },
    line: '~ sequence s: increment default, max value 99',
  },
  alterObject: {
    before: `CREATE DOMAIN d AS text CONSTRAINT filled CHECK (VALUE <> '')`,
    operation: {
      kind: 'alterObject',
      object: { kind: 'domain', name: 'd', type: 'text', notNull: true, checks: [] },
      existing: {
        kind: 'domain',
        name: 'd',
        type: 'text',
        notNull: false,
        checks: [{ name: 'filled', expression: "VALUE <> ''" }],
      },
    },
    line: '~ domain d',
  },
  renameObject: {
    before: `${table} CREATE INDEX i ON t (a)`,
    operation: {
      kind: 'renameObject',
      object: { kind: 'index', name: 'i', table: 't', elements: [{ column: 'a' }] },
      newName: "i's",
    },
    line: "~ index i: renamed to i's",
  },
  setComment: {
    before: `CREATE SEQUENCE s; COMMENT ON SEQUENCE s IS 'was'`,
    operation: {
      kind: 'setComment',
      object: { kind: 'sequence', name: 's' },
      comment: null,
      existing: 'was',
    },
    line: '~ sequence s: no comment',
  },
  grant: {
    before: table,
    operation: {
      kind: 'grant',
      privileges: ['select', 'update'],
      on: { kind: 'table', schema: 'public', name: 't' },
      columns: ['a', 'b'],
      to: ['pg_monitor', 'public'],
    },
    line: '~ table t: select, update (a, b) granted to pg_monitor, public',
  },
  revoke: {
    before: `${table} GRANT SELECT, INSERT ON t TO pg_monitor WITH GRANT OPTION`,
    operation: {
      kind: 'revoke',
      privileges: ['select'],
      on: { kind: 'table', name: 't' },
      from: ['pg_monitor'],
      withGrantOption: true,
    },
    line: '~ table t: select revoked from pg_monitor',
  },
  alterOwner: {
    before: "CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a'",
    operation: {
      kind: 'alterOwner',
      object: { ...routine, body: undefined },
      to: 'pg_monitor',
      existing: 'current_user',
    },
    line: '~ function f(integer): owner pg_monitor',
  },
  bulkInsert: {
    before: table,
    operation: {
      kind: 'bulkInsert',
      table: 't',
      rows: [{ a: 1, b: "it's" }, { a: 2 }],
      columns: { a: { type: 'integer' }, b: { type: 'text' } },
      key: ['a'],
    },
    line: '+ 2 rows in t',
  },
  bulkDelete: {
    before: `${table} INSERT INTO t VALUES (1, 'x')`,
    operation: { kind: 'bulkDelete', table: 't', rows: [{ a: 1, b: 'x' }], key: ['a'] },
    line: '- 1 row of t',
  },
  execute: {
    before: table,
    operation: {
      kind: 'execute',
      sql: 'ALTER TABLE t RENAME TO other',
      reverse: 'ALTER TABLE other RENAME TO t',
    },
    line: '~ execute ALTER TABLE t RENAME TO other',
  },
  custom: {
    before: table,
    operation: markTable({ table: 't', mark: "it's" }) as Custom,
    line: '~ markTable',
  },
}
