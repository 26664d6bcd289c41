import { describe, expect, test } from 'vitest'
import type { AnyColumn } from '../../../src/declarations/columns.ts'
import {
  bigserial,
  enumType,
  index,
  integer,
  sql,
  table,
  text,
  timestamptz,
  unique,
  varchar,
} from '../../../src/index.ts'
import { forMysql, forMysqlProper } from '../written.ts'

const refused = (code: string) => expect.objectContaining({ code })

describe('a table of MySQL', () => {
  test('has its numbering, enums and instants at the columns', () => {
    const columns = {
      id: bigserial().primaryKey(),
      mood: enumType('mood', ['sad', "it's fine"]).notNull().default('sad'),
      at: timestamptz(3),
      bio: text().default('none').comment("it's a \\ text"),
    }
    expect(forMysql(op => op.createTable('a', columns, { options: { engine: 'InnoDB' } }))).toEqual(
      [
        "CREATE TABLE a (id BIGINT NOT NULL AUTO_INCREMENT, mood ENUM('sad', 'it''s fine') NOT NULL DEFAULT 'sad', at TIMESTAMP(3) NULL, bio TEXT DEFAULT ('none') COMMENT 'it''s a \\\\ text', PRIMARY KEY (id)) ENGINE=InnoDB",
      ],
    )
  })

  test('begins to count where its identity says', () => {
    const id = integer().primaryKey().identity({ start: 100n })
    expect(forMysql(op => op.createTable('a', { id }))).toEqual([
      'CREATE TABLE a (id INTEGER NOT NULL AUTO_INCREMENT, PRIMARY KEY (id)) AUTO_INCREMENT=100',
    ])
  })
})

describe('a column of MySQL', () => {
  test('is said whole again, with what stays from its description', () => {
    const existing = varchar(50).notNull().default('x').comment('c')
    expect(forMysql(op => op.alterColumn('a', 'b', { type: varchar(90), existing }))).toEqual([
      "ALTER TABLE a MODIFY b VARCHAR(90) NOT NULL DEFAULT 'x' COMMENT 'c'",
    ])
    expect(
      forMysql(op => op.alterColumn('a', 'b', { newName: 'd', nullable: true, existing })),
    ).toEqual(["ALTER TABLE a CHANGE b d VARCHAR(50) NULL DEFAULT 'x' COMMENT 'c'"])
    expect(() => forMysql(op => op.alterColumn('a', 'b', { nullable: true }))).toThrow(
      refused('OPERATION_INCOMPLETE'),
    )
  })

  test('gets a default alone in few words, but for a type that wants an expression', () => {
    const set = (existing: AnyColumn) =>
      forMysql(op => op.alterColumn('a', 'b', { default: 'x', existing }))
    expect(set(varchar(9).notNull())).toEqual(["ALTER TABLE a ALTER COLUMN b SET DEFAULT 'x'"])
    expect(set(text().notNull())).toEqual(["ALTER TABLE a MODIFY b TEXT NOT NULL DEFAULT ('x')"])
  })

  test('is described by the whole table, too', () => {
    const existing = table('a', { b: integer().notNull() }, t => [unique('u').on(t.b)])
    expect(
      forMysql(op =>
        op.batchAlterTable('a', { existing }, batch => {
          batch.alterColumn('b', { default: sql`1 + 1`, comment: 'two' })
          batch.dropConstraint('u')
        }),
      ),
    ).toEqual([
      "ALTER TABLE a MODIFY b INTEGER NOT NULL DEFAULT (1 + 1) COMMENT 'two'",
      'ALTER TABLE a DROP INDEX u',
    ])
  })

  test('is added in a place, with its own constraints', () => {
    const parent = integer().references('p.id', { name: 'fk' })
    expect(
      forMysql(op => op.addColumn('a', { parent, n: integer() }, { after: 'id', inline: true })),
    ).toEqual([
      'ALTER TABLE a ADD COLUMN parent INTEGER AFTER id, ADD CONSTRAINT fk FOREIGN KEY (parent) REFERENCES p (id)',
      'ALTER TABLE a ADD COLUMN n INTEGER AFTER parent',
    ])
  })
})

test('an index of MySQL has its kind, prefixes and options', () => {
  expect(
    forMysql(op => {
      op.createIndex('ft', 'a', ['b'], { using: 'fulltext', with: { parser: 'ngram' } })
      op.createIndex('px', 'a', [{ column: 'b', prefix: 10, order: 'desc' }], {
        concurrently: true,
      })
      op.createIndex(null, 'a', [sql`lower(b)`], { unique: true, comment: 'c' })
      op.dropIndex('px', { table: 'a', concurrently: true })
    }),
  ).toEqual([
    'CREATE FULLTEXT INDEX ft ON a (b) WITH PARSER ngram',
    'CREATE INDEX px ON a (b(10) DESC) ALGORITHM=INPLACE LOCK=NONE',
    "ALTER TABLE a ADD UNIQUE INDEX ((lower(b))) COMMENT 'c'",
    'ALTER TABLE a DROP INDEX px, ALGORITHM=INPLACE, LOCK=NONE',
  ])
  const partial = () =>
    forMysql(op =>
      op.dropIndex('i', { table: 'a', existing: index('i').on('b').where(sql`b > 0`) }),
    )
  expect(partial()).toEqual(['DROP INDEX i ON a'])
})

test('IF EXISTS that MariaDB alone knows is refused for a server that is MySQL', () => {
  expect(forMysql(op => op.dropColumn('a', 'b', { ifExists: true }))).toEqual([
    'ALTER TABLE a DROP COLUMN IF EXISTS b',
  ])
  expect(() => forMysqlProper(op => op.dropColumn('a', 'b', { ifExists: true }))).toThrow(
    refused('OPERATION_UNSUPPORTED'),
  )
})

test('a routine of MySQL runs with the rights of whoever calls it, unless it is told otherwise', () => {
  expect(
    forMysql(op =>
      op.createFunction('twice', {
        arguments: 'a INT',
        returns: 'INT',
        language: 'sql',
        volatility: 'immutable',
        body: 'RETURN a * 2;',
      }),
    ),
  ).toEqual([
    'CREATE FUNCTION twice(a INT) RETURNS INT DETERMINISTIC SQL SECURITY INVOKER RETURN a * 2',
  ])
})
