import { describe, expect, test } from 'vitest'
import { sqlite } from '../../../src/dialects/sqlite/dialect.ts'
import {
  check,
  foreignKey,
  index,
  integer,
  sql,
  table,
  text,
  trigger,
  unique,
  varchar,
} from '../../../src/index.ts'
import { record } from '../../../src/operations/op.ts'
import type { Batch, BatchOptions } from '../../../src/operations/recorder/batch.ts'
import { forSqlite } from '../written.ts'

const existing = table(
  'users',
  {
    id: integer().primaryKey(),
    email: varchar(50),
    n: integer(),
    up: text().generatedAs(sql`upper(email)`),
  },
  t => [
    check('n_check', sql`n > 0 AND 'email' <> ''`),
    unique('u_email').on(t.email),
    foreignKey('fk').on(t.n).references('users', ['id']),
    index('ix_n').on(t.n).where(sql`n > 5`),
  ],
)
const touched = trigger('touched', 'users', {
  timing: 'after',
  events: ['update'],
  forEach: 'row',
  execute: sql`INSERT INTO log VALUES (new.id)`,
})

const rebuilt = (record: (batch: Batch) => void, options: BatchOptions = {}) =>
  forSqlite(op => op.batchAlterTable('users', { existing, ...options }, record))

describe('a table rebuild', () => {
  test('copies what stays, and brings back the indexes and triggers', () => {
    const changes = (batch: Batch) => {
      batch.alterColumn('email', { nullable: false })
      batch.dropConstraint('fk')
    }
    expect(rebuilt(changes, { triggers: [touched] })).toEqual([
      "CREATE TABLE _limbeck_new_users (id INTEGER NOT NULL, email VARCHAR(50) NOT NULL, n INTEGER, up TEXT GENERATED ALWAYS AS (upper(email)) STORED, PRIMARY KEY (id), CONSTRAINT n_check CHECK (n > 0 AND 'email' <> ''), CONSTRAINT u_email UNIQUE (email))",
      'INSERT INTO _limbeck_new_users (id, email, n) SELECT id, email, n FROM users',
      'DROP TABLE users',
      'PRAGMA legacy_alter_table = ON',
      'ALTER TABLE _limbeck_new_users RENAME TO users',
      'PRAGMA legacy_alter_table = OFF',
      'CREATE INDEX ix_n ON users (n) WHERE n > 5',
      'CREATE TRIGGER touched AFTER UPDATE ON users FOR EACH ROW BEGIN INSERT INTO log VALUES (new.id); END',
      'CREATE TEMP TABLE _limbeck_check (violations INTEGER CONSTRAINT every_foreign_key_holds CHECK (violations = 0))',
      'INSERT INTO temp._limbeck_check SELECT count(*) FROM pragma_foreign_key_check',
      'DROP TABLE temp._limbeck_check',
    ])
  })

  test('has foreign keys off around its transaction', () => {
    const [operation] = record(op =>
      op.batchAlterTable('users', { existing, rebuild: 'always' }, () => {}),
    )
    const [first] = sqlite.compile(operation as never)
    expect(first).toMatchObject({
      transactional: true,
      around: { before: 'PRAGMA foreign_keys = OFF', after: 'PRAGMA foreign_keys = ON' },
    })
  })

  test('drops with a column what names it, but not what only has its name in a text', () => {
    const [create, copy, ...rest] = rebuilt(batch => {
      batch.dropColumn('n')
    })
    expect(create).not.toMatch(/n_check|fk/)
    expect(create).toContain('CONSTRAINT u_email')
    expect(copy).toBe('INSERT INTO _limbeck_new_users (id, email) SELECT id, email FROM users')
    expect(rest.join()).not.toContain('ix_n')
  })

  test('converts values as it is told, else where SQLite would keep them as they are', () => {
    const [, cast] = rebuilt(batch => batch.alterColumn('n', { type: text() }))
    expect(cast).toContain('SELECT id, email, CAST(n AS TEXT) FROM users')
    const [, used] = rebuilt(batch =>
      batch.alterColumn('n', { type: text(), using: sql`'#' || n` }),
    )
    expect(used).toContain(`SELECT id, email, '#' || n FROM users`)
    const [, kept] = rebuilt(batch => batch.alterColumn('email', { type: text() }))
    expect(kept).toContain('SELECT id, email, n FROM users')
  })

  test('puts columns into the order that is asked for', () => {
    const [create] = rebuilt(() => {}, { columnOrder: ['n', 'id', 'up', 'email'] })
    expect(create).toMatch(/\(n INTEGER, id INTEGER NOT NULL, up TEXT .*, email VARCHAR\(50\),/)
    expect(() => rebuilt(() => {}, { columnOrder: ['n', 'id'] })).toThrow(
      expect.objectContaining({ code: 'OPERATION_INCOMPLETE' }),
    )
  })

  test('is not made for what ALTER TABLE can do', () => {
    expect(
      rebuilt(batch => {
        batch.addColumn({ bio: text().check(sql`length(bio) < 9`, 'short') })
        batch.alterColumn('email', { newName: 'mail' })
        batch.createIndex('ix_bio', ['bio'])
        batch.dropIndex('ix_n')
      }),
    ).toEqual([
      'ALTER TABLE users ADD COLUMN bio TEXT CONSTRAINT short CHECK (length(bio) < 9)',
      'ALTER TABLE users RENAME COLUMN email TO mail',
      'CREATE INDEX ix_bio ON users (bio)',
      'DROP INDEX ix_n',
    ])
  })

  test.each<[string, (batch: Batch) => void]>([
    ['has no column nope', batch => batch.dropColumn('nope')],
    ['has no constraint nope', batch => batch.dropConstraint('nope')],
    ['The column up of table users names the column email', batch => batch.dropColumn('email')],
    [
      'names the column email',
      batch => {
        batch.alterColumn('email', { newName: 'mail' })
        batch.dropColumn('n')
      },
    ],
  ])('says what its description lacks or what would be left behind: %s', (message, changes) => {
    expect(() => rebuilt(changes)).toThrow(message)
  })

  test('needs the description of the table, and says how it is given', () => {
    const change = () => forSqlite(op => op.alterColumn('users', 'n', { nullable: false }))
    expect(change).toThrow(
      expect.objectContaining({
        code: 'OPERATION_INCOMPLETE',
        hint: expect.stringContaining(
          "op.batchAlterTable('users', { existing: table('users', …) }",
        ),
      }),
    )
  })
})
