import { readFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { revisionBlock } from '../../src/cli/print/revision-line.ts'
import { history } from '../../src/commands/history.ts'
import { postgresServer } from '../support/servers.ts'
import { ProposalTrip } from './proposal-trip.ts'

let trip: ProposalTrip | undefined

afterEach(() => trip?.end())

const start = async (before: string, after: string) => {
  trip = await ProposalTrip.start(await postgresServer(), { before, after })
  return trip
}

test('generated rows fit partitions, and those that a change refuses keep no others from being followed', async () => {
  const partitions = `
    CREATE TABLE p_24 PARTITION OF p FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
    CREATE TABLE p_25 PARTITION OF p FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')`
  const { notes } = await (
    await start(
      `CREATE TABLE p (id integer, day date, n integer) PARTITION BY RANGE (day); ${partitions};
       CREATE TABLE a (id integer, code text, city text)`,
      `CREATE TABLE p (id integer, day date, n bigint) PARTITION BY RANGE (day); ${partitions};
       CREATE TABLE a (id integer, code integer, city varchar(80))`,
    )
  ).propose()
  expect(notes?.filter(note => note.startsWith('rows of'))).toEqual([
    'rows of a were not followed, the database refuses the change with them: invalid input syntax for type integer: "row 1"',
  ])
})

test('what is the same for several columns is one note', async () => {
  const table = (type: string) => `CREATE TABLE t (a ${type}, b ${type}, c ${type})`
  const { notes } = await (await start(table('text'), table('varchar(20) NOT NULL'))).propose()
  expect(notes).toEqual([
    'a value of t.a, t.b, t.c that is too long for varchar(20) stops the upgrade',
    't.a, t.b, t.c become NOT NULL: a row in which one of them is NULL stops the upgrade; fill them before, with op.backfill',
    'the upgrade may change values of t.a, t.b, t.c: text → varchar(20)',
  ])
  const { revisions } = await history(trip!.project.input)
  expect(revisionBlock(revisions[0]!, {})).toContain('    Downgrade: lossy: t.a, t.b, t.c\n')
})

test('a body of a function is checked where what it names is there by then', async () => {
  const table = 'CREATE TABLE t (id integer)'
  const trip = await start(
    `${table}; CREATE FUNCTION old() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM t'`,
    `${table}; SET check_function_bodies = off;
     CREATE FUNCTION a() RETURNS bigint LANGUAGE sql AS 'SELECT b()';
     CREATE FUNCTION b() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM t'`,
  )
  const result = await trip.propose()
  const [text = ''] = Object.values(trip.texts(result))
  expect(text.match(/createFunction\('\w+'.*?\)(?= op|$)/g)).toEqual([
    expect.stringContaining('uncheckedBody: true'),
    expect.not.stringContaining('uncheckedBody'),
  ])
  expect(readFileSync(result.path!, 'utf8').split('uncheckedBody')).toHaveLength(2)
  await trip.upgrade()
  expect(await trip.schema()).toBe(await trip.expected('after'))
})
