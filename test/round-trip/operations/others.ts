import {
  defineOperation,
  extension,
  type Operation,
  publication,
  schema,
  sql,
  statistics,
  verbatim,
} from '../../../src/index.ts'
import type { OperationCases } from './operation-case.ts'

const table = 'CREATE TABLE t (a integer, b integer);'
const operator = 'CREATE OPERATOR === (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer)'

const clusterOn = defineOperation({
  name: 'clusterOn',
  compile: (
    { table, index }: { readonly table: string; readonly index: string | null },
    { quote },
  ) =>
    `ALTER TABLE ${quote(table)} ${index === null ? 'SET WITHOUT CLUSTER' : `CLUSTER ON ${quote(index)}`}`,
  reverse: ({ table, index }): Operation =>
    clusterOn({ table, index: index === null ? 'i' : null }),
})

/** What is left: schemas, extensions, statistics, publications, text of one's own, comments. */
export const others: OperationCases = {
  'a schema': {
    isAlone: true,
    upgrade: op => op.createSchema('My Schema', { comment: 'mine', ifNotExists: true }),
  },
  'a schema that goes': {
    before: `CREATE SCHEMA auth; COMMENT ON SCHEMA auth IS 'who'`,
    isAlone: true,
    upgrade: op => op.dropSchema('auth', { existing: schema('auth', { comment: 'who' }) }),
  },
  'an extension': {
    before: 'CREATE SCHEMA ext',
    isAlone: true,
    upgrade: op =>
      op.createExtension('citext', { schema: 'ext', ifNotExists: true, comment: 'case' }),
  },
  'an extension that goes': {
    before: 'CREATE EXTENSION citext',
    isAlone: true,
    upgrade: op =>
      op.dropExtension('citext', {
        ifExists: true,
        existing: extension('citext', { schema: 'public' }),
      }),
  },
  'a publication': {
    before: table,
    isAlone: true,
    upgrade: op =>
      op.createPublication('out', {
        objects: 'TABLE t',
        options: { publish: 'insert' },
        comment: 'sent',
      }),
  },
  'a publication that goes': {
    before: 'CREATE PUBLICATION sent FOR ALL TABLES',
    isAlone: true,
    upgrade: op =>
      op.dropPublication('sent', { existing: publication('sent', { objects: 'ALL TABLES' }) }),
  },
  'extended statistics': {
    before: table,
    upgrade: op =>
      op.createStatistics('st', 't', {
        on: ['a', 'b'],
        kinds: ['ndistinct', 'mcv'],
        target: 50,
        comment: 'both',
        ifNotExists: true,
      }),
  },
  'statistics on expressions': {
    before: table,
    requires: 14,
    upgrade: op => op.createStatistics('st', 't', { on: [sql`a + b`, 'b'] }),
  },
  'extended statistics that go': {
    before: `${table} CREATE STATISTICS st ON a, b FROM t`,
    upgrade: op => op.dropStatistics('st', { existing: statistics('st', 't', { on: ['a', 'b'] }) }),
  },
  'an object by its statements': {
    upgrade: op =>
      op.createVerbatim('OPERATOR', '=== (integer, integer)', operator, { comment: 'same' }),
  },
  'an object by its statements that goes': {
    before: operator,
    upgrade: op =>
      op.dropVerbatim('OPERATOR', '=== (integer, integer)', {
        existing: verbatim('OPERATOR', '=== (integer, integer)', operator),
      }),
  },
  'comments of everything that has no directive of its own for them': {
    before: `${table} CREATE INDEX i ON t (a); CREATE SEQUENCE s; COMMENT ON SEQUENCE s IS 'was';
      ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0); CREATE DOMAIN d AS integer CONSTRAINT d_c CHECK (VALUE > 0);
      CREATE TYPE pair AS (x integer); CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a';
      CREATE POLICY own ON t USING (true)`,
    upgrade: op => {
      op.setComment('index', 'i', "it's quick", { existing: null })
      op.setComment('sequence', 's', null, { existing: 'was' })
      op.setComment('constraint', 'c', 'positive', { table: 't', existing: null })
      op.setComment('domain', 'd', 'positive', { constraint: 'd_c', existing: null })
      op.setComment('compositeType', 'pair', 'the x', { column: 'x', existing: null })
      op.setComment('function', 'f', 'itself', { signature: 'integer', existing: null })
      op.setComment('policy', 'own', 'all', { table: 't', existing: null })
    },
  },
  'other names for what has one of its own': {
    before: `${table} CREATE INDEX i ON t (a); CREATE SEQUENCE s; CREATE VIEW v AS SELECT 1 AS a;
      CREATE MATERIALIZED VIEW m AS SELECT 1 AS a; CREATE SCHEMA n; CREATE TYPE mood AS ENUM ('sad');
      ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0), ADD CONSTRAINT k UNIQUE (a);
      CREATE DOMAIN d AS integer; CREATE TYPE pair AS (x integer);
      CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a';
      CREATE PROCEDURE p(a integer) LANGUAGE sql AS 'SELECT a'; CREATE POLICY own ON t USING (true);
      CREATE STATISTICS st ON a, b FROM t; CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING`,
    isAlone: true,
    upgrade: op => {
      op.renameIndex('i', "it's", { table: 't' })
      op.renameConstraint('c', 'positive', 't')
      op.renameConstraint('k', 'once', 't')
      op.renameObject('sequence', 's', 'numbers')
      op.renameObject('view', 'v', 'w')
      op.renameObject('materializedView', 'm', 'n')
      op.renameObject('schema', 'n', 'more')
      op.renameObject('enum', 'mood', 'temper')
      op.renameObject('domain', 'd', 'number')
      op.renameObject('compositeType', 'pair', 'couple')
      op.renameObject('function', 'f', 'g', { signature: 'integer' })
      op.renameObject('procedure', 'p', 'q', { signature: 'integer' })
      op.renameObject('policy', 'own', 'mine', { table: 't' })
      op.renameObject('rule', 'r', 'keep', { table: 't' })
      op.renameObject('statistics', 'st', 'both')
    },
  },
  'SQL as it stands': {
    before: table,
    upgrade: op =>
      op.execute(sql`ALTER TABLE t RENAME COLUMN a TO c`, {
        reverse: sql`ALTER TABLE t RENAME COLUMN c TO a`,
      }),
  },
  'an operation of the project’s own': {
    before: `${table} CREATE INDEX i ON t (a)`,
    upgrade: op => op.invoke(clusterOn({ table: 't', index: 'i' })),
  },
}
