import fc from 'fast-check'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CompiledOperation } from '../../../src/dialects/dialect.ts'
import { postgresql } from '../../../src/dialects/postgresql/dialect.ts'
import {
  check,
  domain,
  enumType,
  index,
  integer,
  jsonb,
  type Op,
  primaryKey,
  sql,
  text,
  unique,
} from '../../../src/index.ts'
import { bindLiterals } from '../../../src/operations/bind-literals.ts'
import { record } from '../../../src/operations/op.ts'
import { hostileNames, hostileTexts } from '../../support/hostile.ts'
import { postgresServer, type TestDatabase } from '../../support/servers.ts'

const name = hostileNames({ longest: 63, length: Buffer.byteLength })

/** A name for each of several places, none of them twice. */
const names = <const P extends string>(...places: readonly P[]) =>
  fc
    .uniqueArray(name, { minLength: places.length, maxLength: places.length })
    .map(
      all => Object.fromEntries(places.map((place, at) => [place, all[at]])) as Record<P, string>,
    )

let database: TestDatabase
let client: Client
let serverVersion: number

beforeAll(async () => {
  const server = await postgresServer()
  serverVersion = server.major * 10_000
  database = await server.createDatabase('hostile')
  client = new Client({ connectionString: database.url })
  await client.connect()
  await client.query('CREATE TABLE canary ()')
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

/** The first column of a query, whose parameters the driver binds. */
async function values(query: string, ...parameters: unknown[]): Promise<unknown[]> {
  const { rows } = await client.query(query, parameters)
  return rows.map(row => Object.values(row)[0])
}

async function apply(script: (op: Op) => void): Promise<void> {
  for (const operation of record(script))
    for (const { sql, parameters = [] } of postgresql.compile(operation as CompiledOperation, {
      serverVersion,
    }))
      await client.query(bindLiterals(sql, parameters, postgresql))
}

/** Does something in a transaction, after which the canary must still be there, and nothing else stays. */
async function trying(work: () => Promise<void>): Promise<void> {
  await client.query('BEGIN')
  try {
    await work()
    expect(await values(`SELECT to_regclass('public.canary')::text`)).toEqual(['canary'])
  } finally {
    await client.query('ROLLBACK')
  }
}

/** Holds a promise about names or texts that are drawn. */
const always = <T>(drawn: fc.Arbitrary<T>, promise: (drawn: T) => Promise<void>) =>
  fc.assert(
    fc.asyncProperty(drawn, one => trying(() => promise(one))),
    { numRuns: 80 },
  )

describe('names that SQL could trip over are kept as they are', () => {
  test('of tables, columns, keys and indexes', () =>
    always(names('schema', 'table', 'a', 'b', 'pk', 'uq', 'ck', 'fk', 'ix'), async called => {
      const { schema, table, a, b, pk, uq, ck, fk, ix } = called
      await apply(op => {
        op.createSchema(schema)
        op.createTable(
          table,
          { [a]: integer(), [b]: integer().notNull() },
          t => [primaryKey(pk).on(t[a]!), check(ck, sql`1 > 0`), unique(uq).on(t[b]!)],
          { schema },
        )
        op.createForeignKey(fk, table, table, [b], [a], { schema, referredSchema: schema })
        op.createIndex(ix, table, [{ column: b, order: 'desc' }], { schema, include: [a] })
      })
      expect(await columnsIn(schema)).toEqual([a, b])
      expect(await constraintsIn(schema)).toEqual([ck, fk, pk, uq])
      expect(await relationsIn(schema)).toEqual([ix, pk, uq, table].toSorted())
    }))

  test('of tables that are there already, which stay', () =>
    always(
      names('schema', 'table', 'a', 'ix', 'enum'),
      async ({ schema, table, a, ix, enum: own }) => {
        const create = (op: Op) => {
          op.createSchema(schema, { ifNotExists: true })
          op.createEnum(own, ['x'], { schema, ifNotExists: true })
          op.createTable(
            table,
            { [a]: enumType(own, ['x'], { schema }) },
            { schema, ifNotExists: true },
          )
          op.createIndex(ix, table, [a], { schema, ifNotExists: true })
        }
        await apply(create)
        await apply(create)
        expect(await relationsIn(schema)).toEqual([table, ix].toSorted())
        expect(await columnsIn(schema)).toEqual([a])
      },
    ))

  test('of types, and of all that stands on tables', () =>
    always(
      names(
        'schema',
        'enum',
        'domain',
        'pair',
        'part',
        'table',
        'view',
        'f',
        'trigger',
        'policy',
        'rule',
        'st',
        'check',
      ),
      async ({ schema, part, ...called }) => {
        const spelled = (own: string) => postgresql.quoteQualified({ schema, name: own })
        const on = { schema, name: called.table }
        await apply(op => {
          op.createSchema(schema)
          op.createEnum(called.enum, ['a'], { schema })
          op.createDomain(called.domain, integer(), {
            schema,
            checks: [check(called.check, sql`VALUE > 0`)],
          })
          op.createCompositeType(called.pair, { [part]: integer() }, { schema })
          op.createTable(
            called.table,
            {
              a: enumType(called.enum, ['a'], { schema }),
              b: domain(called.domain, integer(), { schema }),
            },
            { schema },
          )
          op.createView(called.view, sql`SELECT 1`, { schema, columnNames: [part] })
          op.createFunction(called.f, {
            schema,
            returns: 'trigger',
            language: 'plpgsql',
            body: 'BEGIN RETURN NEW; END',
          })
          op.createTrigger(called.trigger, called.table, {
            schema,
            timing: 'before',
            events: ['update'],
            updateOf: ['a'],
            forEach: 'row',
            execute: `${spelled(called.f)}()`,
          })
          op.createPolicy(called.policy, called.table, { schema, using: sql`true` })
          op.createRule(
            called.rule,
            called.table,
            `ON DELETE TO ${spelled(called.table)} DO INSTEAD NOTHING`,
            { schema },
          )
          op.createStatistics(called.st, on, { schema, on: ['a', 'b'] })
        })
        expect(await everythingIn(schema)).toEqual(Object.values(called).toSorted())
        expect(await columnsIn(schema)).toEqual([part, 'a', 'b', part])
      },
    ))

  test('of what is renamed, altered, granted and dropped', () =>
    always(
      names('table', 'newTable', 'a', 'newA', 'ck', 'ix', 'role', 'sequence'),
      async called => {
        const { table, newTable, a, newA, ck, ix, role, sequence } = called
        await apply(op => {
          op.execute(`CREATE ROLE ${postgresql.quote(role)}`)
          op.createTable(table, { [a]: integer(), z: integer() }, t => [
            check(ck, sql`1 > 0`),
            index(ix).on(t[a]!),
          ])
          op.createSequence(sequence, { ownedBy: { table, column: 'z' } })
          op.renameTable(table, newTable)
          op.alterColumn(newTable, a, { newName: newA, nullable: false, default: 5, comment: 'c' })
          op.grant('select', { on: { table: newTable }, columns: [newA], to: role })
          op.alterOwner('table', newTable, { to: role })
        })
        const column = await client.query(
          `SELECT attname, attnotnull, attacl IS NOT NULL AS granted, relowner::regrole::text = quote_ident($2) AS owned
        FROM pg_attribute JOIN pg_class c ON c.oid = attrelid WHERE relname = $1 AND attnum = 1`,
          [newTable, role],
        )
        expect(column.rows).toEqual([
          { attname: newA, attnotnull: true, granted: true, owned: true },
        ])
        await apply(op => {
          op.dropIndex(ix, { table: newTable })
          op.dropConstraint(ck, newTable)
          op.dropColumn(newTable, newA, { ifExists: true })
          op.dropSequence(sequence)
          op.dropTable(newTable)
        })
        expect(await relationsIn('public')).toEqual(['canary'])
      },
    ))
})

describe('texts that SQL could trip over are kept as they are', () => {
  test('in comments', () =>
    always(
      hostileTexts.filter(text => text !== ''),
      async comment => {
        await apply(op => {
          op.createTable('t', { a: integer().comment(comment) }, { comment })
          op.createIndex('ix', 't', ['a'], { comment })
          op.createEnum('mood', ['x'], { comment, ifNotExists: true })
          op.setComment('schema', 'public', comment)
        })
        const kept = await values(
          `SELECT description FROM pg_description WHERE objoid IN
          ('t'::regclass, 'ix'::regclass, 'mood'::regtype, 'public'::regnamespace)`,
        )
        expect(kept).toEqual(Array(5).fill(comment))
      },
    ))

  test('in the values of enums', () =>
    always(
      fc.uniqueArray(name, { minLength: 3, maxLength: 5 }),
      async ([added, renamed, ...first]) => {
        await apply(op => {
          op.createEnum('mood', first)
          op.createTable('t', { a: enumType('mood', first).default(first[0]!) })
          op.replaceEnumValues('mood', [added!, ...first.slice(1)], {
            columns: [{ table: 't', column: 'a', default: `${postgresql.literal(added)}::mood` }],
            mapping: { [first[0]!]: added! },
          })
          op.addEnumValue('mood', first[0]!, { before: added! })
          op.renameEnumValue('mood', added!, renamed!)
        })
        const labels = `SELECT enumlabel FROM pg_enum WHERE enumtypid = 'mood'::regtype ORDER BY enumsortorder`
        expect(await values(labels)).toEqual([first[0], renamed, ...first.slice(1)])
      },
    ))

  test('in defaults that are values, and in what SQL is given', () =>
    always(hostileTexts, async value => {
      await apply(op => {
        op.createTable('t', {
          a: text().default(value),
          b: jsonb().default(JSON.stringify([value])),
        })
        op.addColumn('t', { c: text().default(value).notNull() })
        op.alterColumn('t', 'c', { default: `${value}'` })
        op.execute('INSERT INTO t (a) VALUES ($1), (DEFAULT)', { parameters: [value] })
      })
      const { rows } = await client.query('SELECT * FROM t')
      expect(rows).toEqual([
        { a: value, b: [value], c: `${value}'` },
        { a: value, b: [value], c: `${value}'` },
      ])
    }))
})

const long = `${'😀'.repeat(15)}long`
const longest = long.slice(0, -1)

describe('a name that PostgreSQL would cut', () => {
  test('is cut by PostgreSQL without a word', async () => {
    expect(await values('SELECT $1::name::text', long)).toEqual([longest])
  })

  test.each<[string, (op: Op) => void]>([
    ['a table', op => op.createTable(long, {})],
    ['a table’s new name', op => op.renameTable('t', long)],
    ['a table’s schema', op => op.createTable('t', {}, { schema: long })],
    ['a column', op => op.createTable('t', { [long]: integer() })],
    ['a column that is added', op => op.addColumn('t', { [long]: integer() })],
    ['a column’s new name', op => op.alterColumn('t', 'a', { newName: long })],
    ['a primary key', op => op.createPrimaryKey(long, 't', ['a'])],
    ['a key in a table', op => op.createTable('t', { a: integer().unique(long) })],
    ['a foreign key', op => op.createForeignKey(long, 't', 'u', ['a'], ['b'])],
    ['a check', op => op.createCheckConstraint(long, 't', sql`a > 0`)],
    ['an index', op => op.createIndex(long, 't', ['a'])],
    ['an enum', op => op.createEnum(long, ['a'])],
    ['a value of an enum', op => op.createEnum('e', [long])],
    ['a value that is added', op => op.addEnumValue('e', long)],
    ['a value’s new name', op => op.renameEnumValue('e', 'a', long)],
    ['other values', op => op.replaceEnumValues('e', [long], { columns: [] })],
    ['an index’s new name', op => op.renameIndex('i', long)],
    ['a constraint’s new name', op => op.renameConstraint('c', long, 't')],
    ['a view’s new name', op => op.renameObject('view', 'v', long)],
    ['a domain', op => op.createDomain(long, 'integer')],
    ['a composite type', op => op.createCompositeType(long, {})],
    ['an attribute', op => op.createCompositeType('c', { [long]: integer() })],
    ['a sequence', op => op.createSequence(long)],
    ['a view', op => op.createView(long, 'SELECT 1')],
    ['a view’s column', op => op.createView('v', 'SELECT 1', { columnNames: [long] })],
    ['a function', op => op.createFunction(long, { language: 'sql', body: '' })],
    [
      'a trigger',
      op => op.createTrigger(long, 't', { timing: 'before', events: ['insert'], execute: 'f()' }),
    ],
    ['a policy', op => op.createPolicy(long, 't')],
    ['a rule', op => op.createRule(long, 't', 'ON DELETE TO t DO NOTHING')],
    ['a schema', op => op.createSchema(long)],
    ['statistics', op => op.createStatistics(long, 't', { on: ['a'] })],
    ['a publication', op => op.createPublication(long)],
    ['a collation', op => op.createCollation(long, { locale: 'C' })],
    ['an event trigger', op => op.createEventTrigger(long, { event: 'sql_drop', execute: 'e()' })],
    ['a role', op => op.grant('select', { on: { table: 't' }, to: long })],
  ])('is refused: %s', (_, script) => {
    expect(() =>
      record(script).flatMap(one => postgresql.compile(one as CompiledOperation)),
    ).toThrow(
      expect.objectContaining({
        code: 'NAME_TOO_LONG',
        message: expect.stringMatching(
          / has 64 bytes, and PostgreSQL (cuts names after|takes) 63\.$/,
        ),
        facts: expect.objectContaining({ name: long, length: 64, longest: 63 }),
      }),
    )
  })

  test('is taken with one byte less, also where another is made of it', () =>
    trying(async () => {
      await apply(op => {
        op.createTable(longest, { [longest]: integer() })
        op.createEnum(`${longest.slice(0, -1)}x`, ['a', 'b'])
        op.replaceEnumValues(`${longest.slice(0, -1)}x`, [longest], { columns: [] })
      })
      expect(await columnsIn('public')).toEqual([longest])
    }))
})

describe('what cannot be said is refused before anything runs', () => {
  test.each<[string, (op: Op) => void]>([
    ['a NUL in a name', op => op.createTable('a\0b', {})],
    ['a NUL in a comment', op => op.setComment('schema', 's', 'a\0b')],
    ['a NUL in a default', op => op.addColumn('t', { a: text().default('\0') })],
    ['half an emoji in a name', op => op.createTable('\ud83d', {})],
    ['half an emoji in a value', op => op.createEnum('e', ['\ude00'])],
  ])('%s', (_, script) => {
    expect(() =>
      record(script).flatMap(one => postgresql.compile(one as CompiledOperation)),
    ).toThrow(expect.objectContaining({ code: 'VALUE_UNSUPPORTED' }))
  })

  const hostile = 'cascade; DROP TABLE canary' as never
  test.each<[string, (op: Op) => void]>([
    ['onDelete', op => op.createForeignKey('f', 't', 'u', ['a'], ['b'], { onDelete: hostile })],
    ['match', op => op.createForeignKey('f', 't', 'u', ['a'], ['b'], { match: hostile })],
    ['order', op => op.createIndex('i', 't', [{ column: 'a', order: hostile }])],
    ['storage', op => op.alterColumn('t', 'a', { storage: hostile })],
    [
      'timing',
      op => op.createTrigger('g', 't', { timing: hostile, events: ['insert'], execute: 'f()' }),
    ],
    ['command', op => op.createPolicy('p', 't', { command: hostile })],
    [
      'volatility',
      op => op.createFunction('f', { language: 'sql', body: '', volatility: hostile }),
    ],
    ['replicaIdentity', op => op.alterTable('t', { replicaIdentity: hostile })],
    ['a privilege', op => op.grant(hostile, { on: { table: 't' }, to: 'x' })],
  ])('a word that is none: %s', (_, script) => {
    expect(() =>
      record(script).flatMap(one => postgresql.compile(one as CompiledOperation)),
    ).toThrow(expect.objectContaining({ code: 'DECLARATION_INVALID' }))
  })
})

const columnsIn = (schema: string) =>
  values(
    `SELECT attname FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
      JOIN pg_namespace n ON n.oid = relnamespace
      WHERE nspname = $1 AND attnum > 0 AND relkind <> 'i' ORDER BY relkind DESC, attnum`,
    schema,
  )

const constraintsIn = (schema: string) =>
  values(
    `SELECT conname FROM pg_constraint JOIN pg_namespace n ON n.oid = connamespace
      WHERE nspname = $1 AND contype <> 'n' ORDER BY contype`,
    schema,
  )

const relationsIn = async (schema: string) =>
  (
    await values(
      'SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = $1',
      schema,
    )
  ).toSorted()

const everythingIn = async (schema: string) =>
  (
    await values(
      `SELECT name FROM (
        SELECT relname AS name, relnamespace AS namespace FROM pg_class
        UNION ALL SELECT typname, typnamespace FROM pg_type WHERE typtype IN ('e', 'd')
        UNION ALL SELECT proname, pronamespace FROM pg_proc
        UNION ALL SELECT stxname, stxnamespace FROM pg_statistic_ext
        UNION ALL SELECT conname, connamespace FROM pg_constraint WHERE contypid <> 0
        UNION ALL SELECT tgname, relnamespace FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid
        UNION ALL SELECT polname, relnamespace FROM pg_policy JOIN pg_class c ON c.oid = polrelid
        UNION ALL SELECT rulename, relnamespace FROM pg_rewrite JOIN pg_class c ON c.oid = ev_class
          WHERE rulename <> '_RETURN'
      ) AS everything JOIN pg_namespace n ON n.oid = namespace WHERE nspname = $1`,
      schema,
    )
  ).toSorted()
