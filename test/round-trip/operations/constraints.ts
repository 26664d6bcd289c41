import { check, exclude, foreignKey, integer, primaryKey, sql, unique } from '../../../src/index.ts'
import type { OperationCases } from './operation-case.ts'

const tables = `CREATE TABLE o (id integer PRIMARY KEY, x integer, y integer, UNIQUE (x, y));
  CREATE TABLE t (a integer NOT NULL, b integer NOT NULL, during int4range NOT NULL);`

/** Constraints of every type. */
export const constraints: OperationCases = {
  'a primary key': {
    before: tables,
    upgrade: op =>
      op.createPrimaryKey('t_pk', 't', ['a', 'b'], {
        include: ['during'],
        with: { fillfactor: 70 },
        deferrable: true,
        comment: 'the key',
      }),
  },
  'a primary key on what could be null': {
    before: 'CREATE TABLE t (a integer)',
    upgrade: op => {
      op.alterColumn('t', 'a', { nullable: false, existing: integer() })
      op.createPrimaryKey('t_pk', 't', ['a'])
    },
  },
  'a unique constraint': {
    before: tables,
    upgrade: op =>
      op.createUniqueConstraint('t_u', 't', ['a'], {
        include: ['b'],
        with: { fillfactor: 70 },
        deferrable: true,
        initiallyDeferred: true,
        comment: 'once',
        indexComment: 'its index',
      }),
  },
  'a unique constraint that takes NULL for a value': {
    before: tables,
    requires: 15,
    upgrade: op => op.createUniqueConstraint('t_u', 't', ['during'], { nullsNotDistinct: true }),
  },
  'a constraint that its table is clustered by': {
    before: tables,
    upgrade: op => op.createUniqueConstraint('t_u', 't', ['a'], { clustered: true }),
  },
  'a key in time': {
    before: `${tables} CREATE EXTENSION btree_gist SCHEMA public`,
    requires: 18,
    isAlone: true,
    upgrade: op => op.createPrimaryKey('t_pk', 't', ['a', 'during'], { withoutOverlaps: true }),
  },
  'a foreign key': {
    before: tables,
    upgrade: op =>
      op.createForeignKey('t_fk', 't', 'o', ['a', 'b'], ['x', 'y'], {
        onDelete: 'cascade',
        onUpdate: 'set null',
        match: 'full',
        deferrable: true,
        initiallyDeferred: true,
        comment: 'whose',
      }),
  },
  'a foreign key that empties some columns': {
    before: tables,
    requires: 15,
    upgrade: op =>
      op.createForeignKey('t_fk', 't', 'o', ['a', 'b'], ['x', 'y'], {
        onDelete: 'set null',
        onDeleteColumns: ['b'],
      }),
  },
  'a foreign key that is not valid yet, and valid then': {
    before: tables,
    upgrade: op => {
      op.createForeignKey('t_fk', 't', 'o', ['a'], ['id'], { notValid: true })
      op.validateConstraint('t_fk', 't')
    },
  },
  'a check': {
    before: tables,
    upgrade: op =>
      op.createCheckConstraint('t_c', 't', sql`a > 0 -- or so`, {
        noInherit: true,
        notValid: true,
        comment: "it's a check",
      }),
  },
  'constraints that are not enforced': {
    before: tables,
    requires: 18,
    upgrade: op => {
      op.createCheckConstraint('t_c', 't', sql`a > 0`, { notEnforced: true })
      op.createForeignKey('t_fk', 't', 'o', ['a'], ['id'], { notEnforced: true })
    },
  },
  'an exclusion constraint': {
    before: tables,
    upgrade: op =>
      op.createExcludeConstraint('t_x', 't', [['during', '&&']], {
        using: 'gist',
        where: sql`a > 0`,
        with: { fillfactor: 70 },
        deferrable: true,
        initiallyDeferred: true,
        comment: 'apart',
      }),
  },
  'a primary key that goes': {
    before: 'CREATE TABLE t (a integer CONSTRAINT t_pk PRIMARY KEY)',
    upgrade: op => op.dropConstraint('t_pk', 't', { existing: primaryKey('t_pk').on('a') }),
  },
  'a unique constraint that goes': {
    before: `CREATE TABLE t (a integer CONSTRAINT t_u UNIQUE DEFERRABLE); COMMENT ON CONSTRAINT t_u ON t IS 'once'`,
    upgrade: op =>
      op.dropConstraint('t_u', 't', {
        existing: unique('t_u').on('a').deferrable().comment('once'),
      }),
  },
  'a foreign key that goes': {
    before:
      'CREATE TABLE o (id integer PRIMARY KEY); CREATE TABLE t (a integer CONSTRAINT t_fk REFERENCES o ON DELETE RESTRICT NOT VALID)'.replace(
        ' NOT VALID',
        '',
      ),
    upgrade: op =>
      op.dropConstraint('t_fk', 't', {
        existing: foreignKey('t_fk').on('a').references('o', ['id'], { onDelete: 'restrict' }),
      }),
  },
  'a check that goes if it is there, with what rests on it': {
    before: 'CREATE TABLE t (a integer CONSTRAINT t_c CHECK (a > 0))',
    upgrade: op =>
      op.dropConstraint('t_c', 't', {
        ifExists: true,
        cascade: true,
        existing: check('t_c', sql`a > 0`),
      }),
  },
  'an exclusion constraint that goes': {
    before: 'CREATE TABLE t (d int4range, CONSTRAINT t_x EXCLUDE USING gist (d WITH &&))',
    upgrade: op =>
      op.dropConstraint('t_x', 't', { existing: exclude('t_x').using('gist').on(['d', '&&']) }),
  },
}
