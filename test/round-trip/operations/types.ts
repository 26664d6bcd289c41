import {
  check,
  collation,
  compositeType,
  domain,
  enumType,
  integer,
  rangeType,
  sql,
  text,
} from '../../../src/index.ts'
import type { OperationCases } from './operation-case.ts'

const mood = `CREATE TYPE mood AS ENUM ('sad', 'ok'); COMMENT ON TYPE mood IS 'how it is';`

/** Enums and the other types of one's own. */
export const types: OperationCases = {
  'a domain that changes': {
    before: `CREATE DOMAIN d AS text DEFAULT 'a' CONSTRAINT kept CHECK (VALUE <> 'x') CONSTRAINT old CHECK (VALUE <> '');
      COMMENT ON CONSTRAINT old ON DOMAIN d IS 'was';
      CREATE TABLE t (d d)`,
    upgrade: op =>
      op.alterObject(
        domain('d', 'text', {
          notNull: true,
          checks: [
            check('kept', sql`VALUE <> 'x'`),
            check('fresh', sql`VALUE <> 'y'`, { comment: 'is' }),
          ],
          comment: 'letters',
        }),
        {
          existing: domain('d', 'text', {
            default: 'a',
            checks: [
              check('kept', sql`VALUE <> 'x'`),
              check('old', sql`VALUE <> ''`, { comment: 'was' }),
            ],
          }),
        },
      ),
  },
  'a composite type that changes below columns': {
    before: `CREATE TYPE pair AS (a integer, b text); COMMENT ON COLUMN pair.b IS 'was';
      CREATE TABLE t (p pair, ps pair[]); CREATE TABLE typed OF pair`,
    upgrade: op =>
      op.alterObject(compositeType('pair', { a: integer(), c: text().comment('is') }), {
        existing: compositeType('pair', { a: integer(), b: text().comment('was') }),
      }),
  },
  'an enum': {
    upgrade: op => op.createEnum('mood', ['sad', "it's fine", ''], { comment: 'how it is' }),
  },
  'an enum that is created unless it is there': {
    upgrade: op => op.createEnum('mood', ['sad'], { ifNotExists: true }),
  },
  'an enum that goes': {
    before: "CREATE TYPE mood AS ENUM ('sad', 'ok')",
    upgrade: op => op.dropEnum('mood', { existing: enumType('mood', ['sad', 'ok']) }),
  },
  'a value at the end': {
    before: mood,
    upgrade: op =>
      op.addEnumValue('mood', 'fine', { existing: ['sad', 'ok'], comment: 'how it is' }),
  },
  'a value before another, with columns of the type': {
    before: `${mood} CREATE TABLE t (a mood DEFAULT 'ok' NOT NULL, b mood[] DEFAULT '{sad}')`,
    upgrade: op =>
      op.addEnumValue('mood', 'so-so', {
        before: 'ok',
        existing: ['sad', 'ok'],
        comment: 'how it is',
        columns: [
          { table: 't', column: 'a', default: `'ok'::mood` },
          { table: 't', column: 'b', array: true, default: `'{sad}'::mood[]` },
        ],
      }),
  },
  'a value behind another, unless it is there': {
    before: mood,
    upgrade: op =>
      op.addEnumValue('mood', 'so-so', {
        after: 'sad',
        ifNotExists: true,
        existing: ['sad', 'ok'],
        comment: 'how it is',
      }),
  },
  'a value with a new name': {
    before: mood,
    upgrade: op => op.renameEnumValue('mood', 'sad', "it's sad"),
  },
  'other values': {
    before: `${mood} CREATE TABLE t (a mood DEFAULT 'ok')`,
    upgrade: op =>
      op.replaceEnumValues('mood', ['ok', 'fine'], {
        columns: [{ table: 't', column: 'a', default: `'ok'::mood` }],
        mapping: { sad: 'ok' },
        existing: ['sad', 'ok'],
        comment: 'how it is',
      }),
  },
  'an enum with a table that has it': {
    upgrade: op => {
      op.createEnum('mood', ['sad'])
      op.createTable('t', { a: enumType('mood', ['sad']).notNull() })
    },
  },
  'a domain': {
    upgrade: op =>
      op.createDomain('code', text(), {
        notNull: true,
        default: 'x',
        collation: 'C',
        checks: [check('code_short', sql`length(VALUE) < 5`), check('code_full', sql`VALUE <> ''`)],
        comment: 'short',
      }),
  },
  'a domain that goes': {
    before: 'CREATE DOMAIN n AS integer DEFAULT 1 CONSTRAINT n_positive CHECK (VALUE > 0)',
    upgrade: op =>
      op.dropDomain('n', {
        existing: domain('n', integer(), {
          default: 1,
          checks: [check('n_positive', sql`VALUE > 0`)],
        }),
      }),
  },
  'a composite type': {
    upgrade: op =>
      op.createCompositeType(
        'address',
        { street: text().collate('C'), 'No.': integer() },
        { comment: 'where' },
      ),
  },
  'a composite type that goes': {
    before: 'CREATE TYPE pair AS (a integer, b text)',
    upgrade: op =>
      op.dropCompositeType('pair', {
        existing: compositeType('pair', { a: integer(), b: text() }),
      }),
  },
  'a range type': {
    upgrade: op =>
      op.createRangeType('span', 'double precision', {
        options: { subtype_diff: 'float8mi' },
        comment: 'from, to',
      }),
  },
  'a range type that goes': {
    before: 'CREATE TYPE span AS RANGE (subtype = float8)',
    upgrade: op => op.dropRangeType('span', { existing: rangeType('span', 'double precision') }),
  },
  'a collation': {
    upgrade: op =>
      op.createCollation(
        'folded',
        { provider: 'icu', locale: 'de', deterministic: false },
        { comment: 'ß' },
      ),
  },
  'a collation that goes': {
    before: `CREATE COLLATION c (provider = libc, locale = 'C')`,
    upgrade: op =>
      op.dropCollation('c', { existing: collation('c', { provider: 'libc', locale: 'C' }) }),
  },
}
