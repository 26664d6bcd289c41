import { expect, test } from 'vitest'
import type { Constraint } from '../../../../src/schema/index.ts'
import { eachServer } from '../../../support/each-server.ts'
import { compileDatabase } from './database.ts'

eachServer('compiled constraints', server => {
  const database = compileDatabase(server)
  const definition = (name: string) =>
    database.value(`SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = '${name}'`)
  const create = (constraint: Constraint) =>
    database.apply({ kind: 'createConstraint', constraint })

  const cases: readonly {
    readonly is: string
    readonly since?: number
    readonly constraint: Constraint
    readonly definition: string
  }[] = [
    {
      is: 'a primary key with INCLUDE, parameters and deferral',
      constraint: {
        kind: 'constraint',
        table: 't',
        name: 'c',
        type: 'primaryKey',
        columns: ['a', 'B'],
        include: ['d'],
        options: { fillfactor: '60' },
        tablespace: 'pg_default',
        deferrable: true,
        initiallyDeferred: true,
        comment: 'the key',
      },
      definition: 'PRIMARY KEY (a, "B") INCLUDE (d) DEFERRABLE INITIALLY DEFERRED',
    },
    {
      is: 'a unique constraint',
      constraint: { kind: 'constraint', table: 't', name: 'c', type: 'unique', columns: ['a'] },
      definition: 'UNIQUE (a)',
    },
    {
      is: 'a unique constraint over nulls',
      since: 15,
      constraint: {
        kind: 'constraint',
        table: 't',
        name: 'c',
        type: 'unique',
        columns: ['a'],
        nullsNotDistinct: true,
      },
      definition: 'UNIQUE NULLS NOT DISTINCT (a)',
    },
    {
      is: 'a key without overlaps',
      since: 18,
      constraint: {
        kind: 'constraint',
        table: 't',
        name: 'c',
        type: 'unique',
        columns: ['period', 'valid'],
        withoutOverlaps: true,
      },
      definition: 'UNIQUE (period, valid WITHOUT OVERLAPS)',
    },
    {
      is: 'a check that is not valid and not inherited',
      constraint: {
        kind: 'constraint',
        table: 't',
        name: 'c',
        type: 'check',
        expression: '(a > 0) AND (d < 10)',
        notValid: true,
        noInherit: true,
      },
      definition: 'CHECK (((a > 0) AND (d < 10))) NO INHERIT NOT VALID',
    },
    {
      is: 'a check that is not enforced',
      since: 18,
      constraint: {
        kind: 'constraint',
        table: 't',
        name: 'c',
        type: 'check',
        expression: 'a > 0',
        notEnforced: true,
      },
      definition: 'CHECK ((a > 0)) NOT ENFORCED',
    },
    {
      is: 'a check whose text ends in a comment',
      constraint: {
        kind: 'constraint',
        table: 't',
        name: 'c',
        type: 'check',
        expression: "a > 0 -- ')'",
      },
      definition: 'CHECK ((a > 0))',
    },
    {
      is: 'a foreign key with every action',
      constraint: {
        kind: 'constraint',
        table: 't',
        name: 'c',
        type: 'foreignKey',
        columns: ['a', 'B'],
        references: { schema: 'public', table: 'referred', columns: ['x', 'y'] },
        match: 'full',
        onUpdate: 'cascade',
        onDelete: 'set null',
        deferrable: true,
        initiallyDeferred: true,
        notValid: true,
      },
      definition:
        'FOREIGN KEY (a, "B") REFERENCES referred(x, y) MATCH FULL ON UPDATE CASCADE ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED NOT VALID',
    },
    {
      is: 'a foreign key to the primary key of a table',
      constraint: {
        kind: 'constraint',
        table: 't',
        name: 'c',
        type: 'foreignKey',
        columns: ['a', 'B'],
        references: { table: 'referred', columns: [] },
        onDelete: 'restrict',
      },
      definition: 'FOREIGN KEY (a, "B") REFERENCES referred(x, y) ON DELETE RESTRICT',
    },
    {
      is: 'a foreign key that sets one column',
      since: 15,
      constraint: {
        kind: 'constraint',
        table: 't',
        name: 'c',
        type: 'foreignKey',
        columns: ['a', 'B'],
        references: { table: 'referred', columns: ['x', 'y'] },
        onDelete: 'set default',
        onDeleteColumns: ['B'],
      },
      definition: 'FOREIGN KEY (a, "B") REFERENCES referred(x, y) ON DELETE SET DEFAULT ("B")',
    },
    {
      is: 'an exclusion constraint',
      constraint: {
        kind: 'constraint',
        table: 't',
        name: 'c',
        type: 'exclude',
        method: 'gist',
        elements: [
          { expression: 'period', operator: '&&' },
          { expression: 'valid range_ops', operator: '-|-' },
        ],
        include: ['a'],
        options: { fillfactor: '80' },
        where: 'a > 0',
        deferrable: true,
      },
      definition: `EXCLUDE USING gist (period WITH &&, valid WITH -|-) INCLUDE (a) WITH (fillfactor='80') WHERE ((a > 0)) DEFERRABLE`,
    },
  ]

  const setUp = () =>
    database.run(`CREATE TABLE referred (x integer, y integer, PRIMARY KEY (x, y));
      CREATE TABLE t (a integer, "B" integer, d integer, period int4range, valid int4range)`)

  for (const { is, since = 13, constraint, definition: expected } of cases) {
    test.skipIf(server.major < since)(`become ${is}, added and inside CREATE TABLE`, async () => {
      await setUp()
      await create(constraint)
      expect(await definition('c')).toBe(expected)
      await database.apply({ kind: 'dropConstraint', table: 't', name: 'c' })
      expect(await definition('c')).toBeUndefined()

      const columns = ['a', 'B', 'd'].map(name => ({ name, type: 'integer', notNull: false }))
      const ranges = ['period', 'valid'].map(name => ({ name, type: 'int4range', notNull: false }))
      await database.apply({
        kind: 'createTable',
        table: { kind: 'table', name: 'again', columns: [...columns, ...ranges] },
        constraints: [constraint],
      })
      expect(
        await database.value(`SELECT pg_get_constraintdef(oid) FROM pg_constraint
          WHERE conrelid = 'again'::regclass AND conname = 'c'`),
      ).toBe(expected)
    })
  }

  test('carry their comments and the parameters of their indexes', async () => {
    await setUp()
    await create(cases[0]!.constraint)
    expect(await database.value(`SELECT reloptions FROM pg_class WHERE relname = 'c'`)).toEqual([
      'fillfactor=60',
    ])
    expect(
      await database.value(`SELECT obj_description(oid, 'pg_constraint') FROM pg_constraint
        WHERE conname = 'c'`),
    ).toBe('the key')
  })

  test('are validated afterwards', async () => {
    await setUp()
    await create({
      kind: 'constraint',
      table: 't',
      name: 'c',
      type: 'check',
      expression: 'a > 0',
      notValid: true,
    })
    await database.apply({ kind: 'validateConstraint', table: 't', name: 'c' })
    expect(await definition('c')).toBe('CHECK ((a > 0))')
  })

  test('are attached to those of a partitioned table', async () => {
    await database.run(`CREATE TABLE p (a integer NOT NULL) PARTITION BY RANGE (a);
      CREATE TABLE p1 PARTITION OF p DEFAULT`)
    const key = { kind: 'constraint', type: 'primaryKey', columns: ['a'] } as const
    await create({ ...key, table: 'p', name: 'p_key', only: true })
    const isValid = () =>
      database.value(`SELECT indisvalid FROM pg_index WHERE indexrelid = 'p_key'::regclass`)
    expect(await isValid()).toBe(false)
    await create({
      ...key,
      schema: 'public',
      table: 'p1',
      name: 'p1_key',
      attachedTo: { schema: 'public', name: 'p_key' },
      clustered: true,
      indexComment: 'behind',
    })
    expect(await isValid()).toBe(true)
    expect(
      await database.value(
        `SELECT indisclustered FROM pg_index WHERE indexrelid = 'p1_key'::regclass`,
      ),
    ).toBe(true)
    expect(await database.value(`SELECT obj_description('p1_key'::regclass, 'pg_class')`)).toBe(
      'behind',
    )
  })

  test('a key whose index is built first, outside of transactions, is the same key', async () => {
    const key = {
      kind: 'constraint',
      table: 'built_first',
      name: 'Its Key',
      type: 'unique',
      columns: ['a'],
      include: ['b'],
      options: { fillfactor: '60' },
      deferrable: true,
      comment: 'the key',
    } as const
    await database.leaveTransaction()
    await database.run('CREATE TABLE built_first (a integer, b integer)')
    await database.apply({ kind: 'createConstraint', constraint: key, concurrently: true })
    expect(await definition('Its Key')).toBe('UNIQUE (a) INCLUDE (b) DEFERRABLE')
    expect(
      await database.rows(
        `SELECT c.reloptions, i.indisvalid FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid
          WHERE c.relname = 'Its Key'`,
      ),
    ).toEqual([{ reloptions: ['fillfactor=60'], indisvalid: true }])
    await database.run('DROP TABLE built_first')
  })
})
