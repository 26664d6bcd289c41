import { domain, materializedView, routine, sequence, sql, view } from '../../../src/index.ts'
import type { OperationCases } from './operation-case.ts'

const table = 'CREATE TABLE t (a integer, b integer);'
const asInteger = { arguments: 'x integer', returns: 'integer', language: 'sql' }
const integerFunction = (name: string, body: string) => routine(name, { ...asInteger, body })
const procedure = { type: 'procedure', arguments: 'x integer', language: 'sql' } as const

/** Grants, and owners. */
export const privileges: OperationCases = {
  'owners and privileges of what makes way for a while': {
    before: `${table} CREATE VIEW v AS SELECT a, b FROM t; CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
      CREATE FUNCTION f(x integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
      CREATE PROCEDURE p(x integer) LANGUAGE sql AS ''; CREATE DOMAIN d AS integer; CREATE SEQUENCE s;
      GRANT SELECT ON v TO pg_monitor WITH GRANT OPTION; GRANT UPDATE (a, b) ON v TO pg_signal_backend;
      GRANT SELECT ON m TO PUBLIC; ALTER MATERIALIZED VIEW m OWNER TO pg_read_all_stats;
      REVOKE EXECUTE ON FUNCTION f FROM PUBLIC; GRANT EXECUTE ON FUNCTION f TO pg_monitor;
      ALTER PROCEDURE p OWNER TO pg_monitor; ALTER DOMAIN d OWNER TO pg_monitor; REVOKE ALL ON TYPE d FROM PUBLIC;
      GRANT USAGE ON SEQUENCE s TO pg_monitor`,
    upgrade: op => {
      const kept = { keepRights: true }
      op.dropView('v', { ...kept, existing: view('v', sql`SELECT a, b FROM t`) })
      op.dropMaterializedView('m', {
        ...kept,
        existing: materializedView('m', sql`SELECT a FROM t`),
      })
      op.dropFunction('f', { ...kept, existing: integerFunction('f', 'SELECT 1') })
      op.dropProcedure('p', { ...kept, existing: routine('p', { ...procedure, body: '' }) })
      op.dropDomain('d', { ...kept, existing: domain('d', 'integer') })
      op.dropSequence('s', { ...kept, existing: sequence('s') })
      op.createSequence('s', { ...kept, cache: 5n })
      op.createDomain('d', 'bigint', kept)
      op.createProcedure('p', { ...procedure, body: 'SELECT 1', ...kept })
      op.createFunction('f', { ...asInteger, body: 'SELECT 2', ...kept })
      op.createMaterializedView('m', sql`SELECT b FROM t`, kept)
      op.createView('v', sql`SELECT b, a FROM t`, kept)
    },
  },
  'privileges on a table': {
    before: table,
    upgrade: op => {
      op.grant(['select', 'insert'], {
        on: { table: 't' },
        to: ['pg_monitor', 'pg_signal_backend'],
      })
      op.grant('all', { on: { table: 't' }, to: 'public' })
    },
  },
  'privileges on columns, that may be given on': {
    before: table,
    upgrade: op =>
      op.grant(['select', 'update'], {
        on: { table: 't' },
        columns: ['a', 'b'],
        to: 'pg_monitor',
        withGrantOption: true,
      }),
  },
  'privileges on everything else that has some': {
    before: `CREATE SEQUENCE s; CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a';
      CREATE PROCEDURE p() LANGUAGE sql AS ''; CREATE TYPE mood AS ENUM ('sad'); CREATE DOMAIN d AS integer`,
    upgrade: op => {
      op.grant(['usage', 'update'], { on: { sequence: 's' }, to: 'pg_monitor' })
      op.grant('execute', { on: { function: 'f' }, signature: 'integer', to: 'pg_monitor' })
      op.grant('execute', { on: { procedure: 'p' }, to: 'pg_monitor' })
      op.grant('usage', { on: { type: 'mood' }, to: 'pg_monitor' })
      op.grant('usage', { on: { domain: 'd' }, to: 'pg_monitor' })
    },
  },
  'privileges on a schema and on all that is in it': {
    before: `CREATE SCHEMA auth; CREATE TABLE auth.a (); CREATE TABLE auth.b (); CREATE SEQUENCE auth.s;
      CREATE FUNCTION auth.f() RETURNS integer LANGUAGE sql AS 'SELECT 1'`,
    isAlone: true,
    upgrade: op => {
      op.grant(['usage', 'create'], { on: { schema: 'auth' }, to: 'pg_monitor' })
      op.grant('select', { on: { allTablesIn: 'auth' }, to: 'pg_monitor' })
      op.grant('usage', { on: { allSequencesIn: 'auth' }, to: 'pg_monitor' })
      op.grant('execute', { on: { allRoutinesIn: 'auth' }, to: 'pg_monitor' })
      op.grant('usage', { on: { language: 'plpgsql' }, to: 'pg_monitor' })
    },
  },
  'privileges that are taken': {
    before: `${table} GRANT SELECT, INSERT ON t TO pg_monitor; GRANT UPDATE ON t TO pg_monitor WITH GRANT OPTION`,
    upgrade: op => {
      op.revoke('select', { on: { table: 't' }, from: 'pg_monitor' })
      op.revoke('update', {
        on: { table: 't' },
        from: 'pg_monitor',
        withGrantOption: true,
        cascade: true,
      })
    },
  },
  'the right to give a privilege on that is taken': {
    before: `${table} GRANT UPDATE (a) ON t TO pg_monitor WITH GRANT OPTION`,
    upgrade: op =>
      op.revoke('update', {
        on: { table: 't' },
        columns: ['a'],
        from: 'pg_monitor',
        grantOptionOnly: true,
      }),
  },
  'the privilege to maintain a table': {
    before: table,
    requires: 17,
    upgrade: op => op.grant('maintain', { on: { table: 't' }, to: 'pg_monitor' }),
  },
  'owners of what stands in a schema': {
    before: `${table} CREATE VIEW v AS SELECT 1; CREATE MATERIALIZED VIEW m AS SELECT 1; CREATE SEQUENCE s;
      CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a';
      CREATE PROCEDURE p(a integer) LANGUAGE sql AS '';
      CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer);
      CREATE TYPE mood AS ENUM ('sad'); CREATE DOMAIN d AS integer; CREATE TYPE pair AS (a integer);
      CREATE STATISTICS st ON a, b FROM t; CREATE COLLATION c (locale = 'C')`,
    upgrade: op => {
      const options = { to: 'pg_monitor', existing: 'current_user' }
      op.alterOwner('table', 't', options)
      op.alterOwner('view', 'v', options)
      op.alterOwner('materializedView', 'm', options)
      op.alterOwner('sequence', 's', options)
      op.alterOwner('function', 'f', { ...options, signature: 'integer' })
      op.alterOwner('procedure', 'p', { ...options, signature: 'integer' })
      op.alterOwner('aggregate', 'total', { ...options, signature: 'integer' })
      op.alterOwner('enum', 'mood', options)
      op.alterOwner('domain', 'd', options)
      op.alterOwner('compositeType', 'pair', options)
      op.alterOwner('statistics', 'st', options)
      op.alterOwner('collation', 'c', options)
    },
  },
  'owners of what stands in none': {
    before: `CREATE SCHEMA auth; CREATE PUBLICATION sent`,
    isAlone: true,
    upgrade: op => {
      op.alterOwner('schema', 'auth', { to: 'pg_monitor', existing: 'current_user' })
      op.alterOwner('publication', 'sent', { to: 'pg_monitor', existing: 'current_user' })
    },
  },
}
