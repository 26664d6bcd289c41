import { describe, expect, test } from 'vitest'
import {
  boolean,
  enumType,
  integer,
  numeric,
  primaryKey,
  serial,
  sql,
  text,
  timestamptz,
  uuid,
  varchar,
} from '../../../src/index.ts'
import { forSqlite } from '../written.ts'

const refused = (code: string) => expect.objectContaining({ code })

describe('a table of SQLite', () => {
  test('counts by its key: AUTOINCREMENT for an identity, the row id for a serial', () => {
    expect(
      forSqlite(op => op.createTable('a', { id: integer().primaryKey('pk').identity() })),
    ).toEqual(['CREATE TABLE a (id INTEGER NOT NULL CONSTRAINT pk PRIMARY KEY AUTOINCREMENT)'])
    expect(forSqlite(op => op.createTable('a', { id: serial().primaryKey() }))).toEqual([
      'CREATE TABLE a (id INTEGER NOT NULL, PRIMARY KEY (id))',
    ])
    expect(() => forSqlite(op => op.createTable('a', { id: integer().identity() }))).toThrow(
      refused('OPERATION_UNSUPPORTED'),
    )
  })

  test('that is STRICT has its five types', () => {
    const columns = {
      id: uuid().primaryKey(),
      n: numeric(10, 2),
      on: boolean().default(true),
      at: timestamptz(),
    }
    const options = { options: { strict: true, withoutRowid: true } }
    expect(forSqlite(op => op.createTable('a', columns, options))).toEqual([
      'CREATE TABLE a (id TEXT NOT NULL, n ANY, "on" INTEGER DEFAULT 1, at TEXT, PRIMARY KEY (id)) WITHOUT ROWID, STRICT',
    ])
  })

  test('has no NULL in its key, though SQLite would let it in', () => {
    expect(
      forSqlite(op =>
        op.createTable('a', { x: text(), y: text() }, t => [primaryKey('pk').on(t.y)]),
      ),
    ).toEqual(['CREATE TABLE a (x TEXT, y TEXT NOT NULL, CONSTRAINT pk PRIMARY KEY (y))'])
  })

  test('keeps an enum as text, and refuses arrays and what only PostgreSQL has', () => {
    expect(forSqlite(op => op.createTable('a', { m: enumType('mood', ['sad', 'happy']) }))).toEqual(
      ['CREATE TABLE a (m VARCHAR(5))'],
    )
    for (const column of [integer().array(), varchar(3).array(2)]) {
      expect(() => forSqlite(op => op.createTable('a', { column }))).toThrow(
        refused('OPERATION_UNSUPPORTED'),
      )
    }
  })
})

test('ADD COLUMN of SQLite takes what belongs to the column alone', () => {
  const parent = integer().references('parents.id', { onDelete: 'cascade', name: 'fk' })
  expect(forSqlite(op => op.addColumn('a', { parent }, { inline: true }))).toEqual([
    'ALTER TABLE a ADD COLUMN parent INTEGER CONSTRAINT fk REFERENCES parents (id) ON DELETE CASCADE',
  ])
  const unique = { x: text().unique() }
  expect(() => forSqlite(op => op.addColumn('a', unique, { inline: true }))).toThrow(
    refused('OPERATION_INCOMPLETE'),
  )
})

test('a trigger of SQLite has its statements between BEGIN and END', () => {
  const trigger = (execute: string) =>
    forSqlite(op =>
      op.createTrigger('t', 'a', {
        timing: 'after',
        events: ['update'],
        updateOf: ['x'],
        forEach: 'row',
        when: sql`new.x > 0`,
        execute,
      }),
    )
  const head = 'CREATE TRIGGER t AFTER UPDATE OF x ON a FOR EACH ROW WHEN new.x > 0'
  expect(trigger('SELECT 1')).toEqual([`${head} BEGIN SELECT 1; END`])
  expect(trigger('BEGIN SELECT 1; END;')).toEqual([`${head} BEGIN SELECT 1; END`])
})

test('a view of SQLite is replaced by another of its name', () => {
  expect(forSqlite(op => op.replaceView('v', sql`SELECT 1`))).toEqual([
    'DROP VIEW IF EXISTS v',
    'CREATE VIEW v AS SELECT 1',
  ])
})

test('a comment that is all a directive is about is refused, with the directive and what is missing', () => {
  expect(() => forSqlite(op => op.alterTable('a', { comment: 'x' }))).toThrow(
    "`~ table a: comment 'x'` needs comments, which SQLite does not have.",
  )
  expect(
    forSqlite(op => op.createTable('a', { x: text().comment('y') }, { comment: 'z' })),
  ).toEqual(['CREATE TABLE a (x TEXT)'])
})
