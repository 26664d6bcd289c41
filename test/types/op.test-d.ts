import {
  check,
  index,
  integer,
  type Op,
  reversed,
  sql,
  table,
  text,
  unique,
  varchar,
  view,
} from 'limbeck'

export function upgrade(op: Op) {
  op.createTable('users', { id: integer().primaryKey(), email: text() }, t => [
    index('ix').on(t.email),
  ])
  op.createTable('users', { id: integer() }, { schema: 'auth', ifNotExists: true })
  op.addColumn('users', { nick: varchar(50), age: integer() })
  op.alterColumn('users', 'email', { type: varchar(320), nullable: false, default: null })
  op.alterColumn('users', 'email', { using: sql`email::text`, existing: text() })
  op.dropTable('users', { existing: table('users', { id: integer() }) })
  op.dropColumn('users', 'nick', { existing: varchar(50) })
  op.dropConstraint('u', 'users', { existing: unique('u').on('email') })
  op.dropView('v', { existing: view('v', sql`SELECT 1`) })
  op.createIndex('ix', 'users', ['a', sql`lower(b)`, { column: 'c', order: 'desc' }])
  op.execute('update users set nick = $1', { parameters: ['x'], reverse: sql`select 1` })
  op.run(async ({ connection, op }) => {
    const { rows } = await connection.query<{ id: number }>('select id from users')
    const first: number | undefined = rows[0]?.id
    op.execute(`update users set age = ${first}`)
    await op.flush()
  })
  op.backfill('users', { set: { nick: sql`lower(email)`, age: 5, ok: null }, where: 'age IS NULL' })
  op.backfill('users', { set: sql`age = age + 1`, reverse: { set: sql`age = age - 1` } })
  op.backfill<{ id: bigint }>('users', {
    key: ['id'],
    run: async ({ connection, rows }) => {
      const first: bigint | undefined = rows[0]?.id
      await connection.query('select $1', [first])
    },
  })
  op.autocommit(op => op.execute('vacuum'))
  op.withTimeouts({ lockTimeout: '10s', statementTimeout: '0' }, op => op.execute('select 1'))
  // @ts-expect-error a length of time is a text
  op.withTimeouts({ lockTimeout: 10 }, () => {})
  const people = table('people', {
    id: integer().identity(),
    name: text().notNull(),
    tags: text().array(),
    size: integer().generatedAs(sql`1`),
  })
  op.bulkInsert(people, [
    { name: 'a', tags: ['b'] },
    { id: 2, name: sql`upper('c')` },
  ])
  op.bulkInsert('people', [{ id: 1, at: new Date(), doc: { a: 1 } }], { key: ['id'] })
  op.bulkInsert('people', [{ tags: ['a'] }], { schema: 's', columns: { tags: text().array() } })
  op.bulkDelete('people', [{ id: 1 }], { key: 'id' })
  op.dropConstraint(op.f('positive'), 'people', { type: 'check' })

  // @ts-expect-error a row lacks a column that has no default
  op.bulkInsert(people, [{ id: 1 }])
  // @ts-expect-error a column that is not there
  op.bulkInsert(people, [{ name: 'a', nick: 'b' }])
  // @ts-expect-error a value of another type
  op.bulkInsert(people, [{ name: 1 }])
  // @ts-expect-error a generated column
  op.bulkInsert(people, [{ name: 'a', size: 1 }])
  // @ts-expect-error rows are deleted by their key
  op.bulkDelete('people', [{ id: 1 }])

  // @ts-expect-error a backfill sets something, or runs code
  op.backfill('users', { where: 'age IS NULL' })
  // @ts-expect-error a Date is no literal
  op.backfill('users', { set: { at: new Date() } })
  // @ts-expect-error the table has no such column
  op.createTable('users', { id: integer() }, t => [index('ix').on(t.email)])
  // @ts-expect-error the name of a type is no column
  op.addColumn('users', { nick: 'varchar' })
  // @ts-expect-error the table must be named
  op.addColumn({ nick: varchar(50) })
  // @ts-expect-error no such change
  op.alterColumn('users', 'email', { nulable: true })
  // @ts-expect-error an index describes no table
  op.dropTable('users', { existing: index('ix').on('a') })
  // @ts-expect-error a view describes no table
  op.dropTable('v', { existing: view('v', sql`SELECT 1`) })
  // @ts-expect-error a table describes no view
  op.dropView('users', { existing: table('users', { id: integer() }) })
  // @ts-expect-error a constraint describes no column
  op.dropColumn('users', 'age', { existing: check('c', sql`age > 0`) })
  // @ts-expect-error columns are a list
  op.createIndex('ix', 'users', 'a')
  // @ts-expect-error a trigger needs its call
  op.createTrigger('t', 'users', { timing: 'before', events: ['insert'], forEach: 'row' })
}

export const downgrade = reversed(upgrade)
