import { aggregate, routine, sql } from '../../../src/index.ts'
import type { OperationCases } from './operation-case.ts'

const functionF = `CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a';`
const f = { arguments: 'a integer', returns: 'integer', language: 'sql', body: 'SELECT a' }

/** Functions, procedures and aggregates. */
export const routines: OperationCases = {
  'a function with every option': {
    upgrade: op =>
      op.createFunction('f', {
        arguments: `a integer, b text DEFAULT 'x', VARIADIC c integer[] DEFAULT '{}'`,
        returns: 'SETOF integer',
        language: 'plpgsql',
        body: `BEGIN RETURN NEXT a; -- $$ it's $body$ END`.replace(' END', '\nEND'),
        volatility: 'stable',
        strict: true,
        securityDefiner: true,
        leakproof: true,
        parallel: 'safe',
        cost: 5,
        rows: 7,
        settings: { search_path: 'pg_catalog' },
        comment: 'does it',
      }),
  },
  'a function whose body is SQL': {
    requires: 14,
    upgrade: op =>
      op.createFunction('f', {
        arguments: 'a integer',
        returns: 'integer',
        language: 'sql',
        sqlBody: sql`RETURN a + 1`,
      }),
  },
  'a function that may name what comes later': {
    upgrade: op =>
      op.createFunction('f', {
        returns: 'bigint',
        language: 'sql',
        body: 'SELECT count(*) FROM later',
        uncheckedBody: true,
      }),
  },
  'a function with another body': {
    before: functionF,
    upgrade: op =>
      op.replaceFunction('f', {
        ...f,
        body: 'SELECT a + 1',
        volatility: 'immutable',
        existing: routine('f', f),
      }),
  },
  'a function that goes': {
    before: functionF,
    upgrade: op => op.dropFunction('f', { existing: routine('f', f) }),
  },
  'a function that goes by its signature, if it is there': {
    before: functionF,
    upgrade: op =>
      op.dropFunction('f', { signature: 'integer', ifExists: true, existing: routine('f', f) }),
  },
  'a procedure': {
    before: 'CREATE TABLE t (a integer)',
    upgrade: op =>
      op.createProcedure('p', {
        arguments: 'a integer, INOUT b integer',
        language: 'plpgsql',
        body: 'BEGIN b := a; END',
        comment: 'call it',
      }),
  },
  'a procedure with another body': {
    before: `CREATE PROCEDURE p(a integer) LANGUAGE plpgsql AS 'BEGIN END'`,
    upgrade: op =>
      op.replaceProcedure('p', {
        arguments: 'a integer',
        language: 'plpgsql',
        body: 'BEGIN NULL; END',
        existing: routine('p', {
          type: 'procedure',
          arguments: 'a integer',
          language: 'plpgsql',
          body: 'BEGIN END',
        }),
      }),
  },
  'a procedure that goes': {
    before: `CREATE PROCEDURE p(a integer) LANGUAGE plpgsql AS 'BEGIN END'`,
    upgrade: op =>
      op.dropProcedure('p', {
        existing: routine('p', {
          type: 'procedure',
          arguments: 'a integer',
          language: 'plpgsql',
          body: 'BEGIN END',
        }),
      }),
  },
  'an aggregate': {
    upgrade: op =>
      op.createAggregate('total', {
        arguments: 'integer',
        options: { SFUNC: 'int4pl', STYPE: 'integer', INITCOND: `'0'`, PARALLEL: 'safe' },
        comment: 'sum',
      }),
  },
  'an aggregate that goes': {
    before: 'CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer)',
    upgrade: op =>
      op.dropAggregate('total', {
        existing: aggregate('total', {
          arguments: 'integer',
          options: { SFUNC: 'int4pl', STYPE: 'integer' },
        }),
      }),
  },
}
