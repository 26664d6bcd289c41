import { expect, test } from 'vitest'
import { rewritesTable } from '../../../src/autogenerate/online/rewrites.ts'
import { mayVary } from '../../../src/autogenerate/online/volatile.ts'
import type { DatabaseSchema } from '../../../src/schema/index.ts'
import { compileDatabase } from '../../dialects/postgresql/compile/database.ts'
import { eachServer } from '../../support/each-server.ts'

const types = [
  ['varchar(20)', 'varchar(30)'],
  ['varchar(30)', 'varchar(20)'],
  ['varchar(20)', 'text'],
  ['text', 'varchar'],
  ['text', 'varchar(20)'],
  ['char(3)', 'text'],
  ['integer', 'bigint'],
  ['integer', 'integer'],
  ['numeric(10,2)', 'numeric(12,2)'],
  ['numeric(10,2)', 'numeric(12,3)'],
  ['numeric(10,2)', 'numeric'],
  ['timestamp(3)', 'timestamp'],
  ['timestamp', 'timestamp(3)'],
  ['varbit(3)', 'varbit(5)'],
  ['bit(3)', 'bit(5)'],
  ['cidr', 'inet'],
  ['text', 'text[]'],
  ['integer[]', 'bigint[]'],
  ['json', 'jsonb'],
  ['date', 'timestamp'],
] as const

const defaults = [
  'now()',
  'CURRENT_TIMESTAMP',
  "timezone('utc'::text, now())",
  "'random()'::text",
  "lower('A'::text)",
  '42',
  "'{}'::jsonb",
  'gen_random_uuid()',
  'random()',
  'clock_timestamp()',
  "('x'::text || (random())::text)",
  'public.steady()',
  'public.fickle()',
] as const

eachServer('what PostgreSQL writes every row anew for', server => {
  const database = compileDatabase(server)
  const file = () => database.value(`SELECT pg_relation_filenode('t'::regclass)`)

  test.each(types)('%s to %s', async (from, to) => {
    await database.run(`CREATE TABLE t (c ${from}); INSERT INTO t VALUES (NULL)`)
    const start = await file()
    const isPlain = from !== 'text' || to !== 'text[]'
    await database.run(`ALTER TABLE t ALTER c TYPE ${to}${isPlain ? '' : ' USING ARRAY[c]'}`)
    expect(rewritesTable(from, to)).toBe((await file()) !== start)
  })

  test.each(defaults)('a column with the default %s', async expression => {
    await database.run(`CREATE FUNCTION steady() RETURNS text LANGUAGE plpgsql STABLE AS 'BEGIN RETURN NULL; END';
      CREATE FUNCTION fickle() RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
      CREATE TABLE t (id integer); INSERT INTO t VALUES (1)`)
    const start = await file()
    await database.run(
      `DO $do$ BEGIN EXECUTE 'ALTER TABLE t ADD c text DEFAULT (' || $d$${expression}$d$ || ')::text'; END $do$`,
    )
    expect(mayVary(expression, schema)).toBe((await file()) !== start)
  })
})

const schema = {
  defaultSchema: 'public',
  objects: new Map(
    (['steady', 'fickle'] as const).map(name => [
      `routine:public.${name}()`,
      {
        kind: 'routine',
        schema: 'public',
        name,
        volatility: name === 'steady' ? 'stable' : undefined,
      },
    ]),
  ),
} as unknown as DatabaseSchema
