import { afterEach, describe, expect, test } from 'vitest'
import { eachServer } from '../support/each-server.ts'
import { ProposalTrip } from './proposal-trip.ts'

const type = (...values: readonly string[]) =>
  `CREATE TYPE status AS ENUM (${values.map(value => `'${value}'`).join(', ')});`

/** What else uses the enum or a column that has it, around `CREATE TYPE status …`. */
const dependents: Readonly<Record<string, string>> = {
  'a default': `CREATE TABLE t (id integer PRIMARY KEY, s status DEFAULT 'open' NOT NULL)`,
  'an array with a default': `CREATE TABLE t (id integer PRIMARY KEY, s status[] DEFAULT '{open}')`,
  'a view over it and one over that': `CREATE TABLE t (id integer PRIMARY KEY, s status);
    CREATE VIEW v AS SELECT id, s FROM t WHERE s = 'open'; CREATE VIEW w AS SELECT s FROM v`,
  'a materialized view with an index': `CREATE TABLE t (id integer PRIMARY KEY, s status);
    CREATE MATERIALIZED VIEW m AS SELECT id, s FROM t; CREATE UNIQUE INDEX m_id ON m (id)`,
  'indexes, one of them partial': `CREATE TABLE t (id integer PRIMARY KEY, s status);
    CREATE INDEX t_s ON t (s); CREATE INDEX t_open ON t (id) WHERE s = 'open'`,
  'a check and a unique constraint': `CREATE TABLE t (id integer PRIMARY KEY, s status,
      CONSTRAINT known CHECK (s <> 'done' OR id > 0), CONSTRAINT pair UNIQUE (s, id))`,
  'a generated column': `CREATE TABLE t (id integer PRIMARY KEY, s status, is_open boolean GENERATED ALWAYS AS (s = 'open') STORED)`,
  'a function with it as argument and result': `CREATE TABLE t (id integer PRIMARY KEY, s status);
    CREATE FUNCTION next(s status) RETURNS status LANGUAGE sql IMMUTABLE AS 'SELECT s'`,
  'a trigger on updates of it': `CREATE TABLE t (id integer PRIMARY KEY, s status);
    CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE TRIGGER touched BEFORE UPDATE OF s ON t FOR EACH ROW WHEN (NEW.s = 'open') EXECUTE FUNCTION f()`,
  'a policy': `CREATE TABLE t (id integer PRIMARY KEY, s status); ALTER TABLE t ENABLE ROW LEVEL SECURITY;
    CREATE POLICY mine ON t USING (s = 'open')`,
  'a domain over it': `CREATE DOMAIN state AS status CHECK (VALUE <> 'done'); CREATE TABLE t (id integer PRIMARY KEY, s state)`,
  'an attribute of a composite type': `CREATE TYPE pair AS (n integer, s status); CREATE TABLE t (id integer PRIMARY KEY, s status, p pair)`,
  'a key of partitions': `CREATE TABLE t (id integer, s status) PARTITION BY LIST (s);
    CREATE TABLE t_open PARTITION OF t FOR VALUES IN ('open'); CREATE TABLE t_rest PARTITION OF t DEFAULT`,
  'columns of a parent and its child': `CREATE TABLE p (id integer, s status DEFAULT 'open'); CREATE TABLE t (x text) INHERITS (p)`,
}

eachServer(
  'values that leave an enum',
  server => {
    let trip: ProposalTrip
    afterEach(() => trip.end())

    const start = async (body: string, before: string, after: string, rows = '') => {
      const sides = { before: `${before}${body}`, after: `${after}${body}`, rows }
      trip = await ProposalTrip.start(await server.server(), sides)
    }

    const there = async (options: object) => {
      const result = await trip.propose(options)
      await trip.upgrade()
      expect(await trip.schema()).toBe(await trip.expected('after'))
      expect(await trip.pending()).toEqual([])
      return result
    }

    const back = async () => {
      await trip.downgrade()
      expect(await trip.schema()).toBe(await trip.expected('before'))
    }

    const plain = `CREATE TABLE t (id integer PRIMARY KEY, s status, more status[])`
    const rows = `INSERT INTO t VALUES (1, 'open', '{lost,done}'), (2, 'lost', NULL), (3, NULL, '{}')`

    test('become what --map says, in arrays too', async () => {
      await start(plain, type('open', 'lost', 'done'), type('open', 'done'), rows)
      const result = await there({ mappings: ['status.lost=open'] })
      expect(Object.values(trip.texts(result))[0]).toContain("mapping: { lost: 'open' }")
      expect(await trip.query('SELECT s, more::text FROM t ORDER BY id')).toEqual([
        { s: 'open', more: '{open,done}' },
        { s: 'open', more: null },
        { s: null, more: '{}' },
      ])
      expect(result.downgradeLabel).toBe('lossy: status.lost')
      await back()
    })

    test('that become a new one come back from it', async () => {
      await start(plain, type('open', 'lost', 'done'), type('open', 'done', 'draft'), rows)
      const held = () => trip.query('SELECT s, more::text FROM t ORDER BY id')
      const before = await held()
      const result = await there({ mappings: ['status.lost=draft'] })
      expect(result.renames).toEqual([])
      expect(await held()).toEqual([
        { s: 'open', more: '{draft,done}' },
        { s: 'draft', more: null },
        { s: null, more: '{}' },
      ])
      expect(result.downgradeLabel).toBe('exact')
      await back()
      expect(await held()).toEqual(before)
    })

    test('become what a model has their name for, where both were there', async () => {
      await start(plain, type('open', 'lost', 'done'), type('open', 'done'), rows)
      trip.project.write(
        'models.ts',
        `import { enumType, integer, table } from 'limbeck'
const status = enumType('status', ['open', 'done'], { valuesRenamedFrom: { open: 'lost' } })
export const t = table('t', { id: integer().primaryKey(), s: status, more: status.array() })
`,
      )
      trip.project.write(
        'migrations/env.ts',
        `export const target = () => import('../models.ts')\n`,
      )
      await there({})
      expect(await trip.query('SELECT s, more::text FROM t WHERE id < 3 ORDER BY id')).toEqual([
        { s: 'open', more: '{open,done}' },
        { s: 'open', more: null },
      ])
    })

    test('stop the upgrade, with all that rows have of them, while nothing is said', async () => {
      await start(plain, type('open', 'lost', 'done'), type('open'), rows)
      const result = await trip.propose()
      expect(Object.values(trip.texts(result))[0]).toContain('mapping: {}')
      expect(result.notes).toContainEqual(
        expect.stringMatching(/^a row that has 'lost' or 'done' of enum status stops the upgrade/),
      )
      await expect(trip.upgrade()).rejects.toThrow(
        "values that leave enum status are in use: t.more has 'done' in 1 row, t.more has 'lost' in 1 row, t.s has 'lost' in 1 row",
      )
      expect(await trip.schema()).toBe(await trip.expected('before'))
      await trip.query(`DELETE FROM t WHERE s = 'lost'; UPDATE t SET more = NULL`)
      await trip.upgrade()
      expect(await trip.schema()).toBe(await trip.expected('after'))
    })

    test('are followed row by row where only their order changes', async () => {
      await start(plain, type('open', 'lost', 'done'), type('done', 'open', 'lost'), rows)
      const data = await trip.query('SELECT * FROM t ORDER BY id')
      const result = await there({})
      expect(result.downgradeLabel).toBe('exact')
      expect(result.notes).toEqual([])
      expect(await trip.query('SELECT * FROM t ORDER BY id')).toEqual(data)
      await back()
    })

    test('are those that --map names', async () => {
      await start(plain, type('open', 'lost'), type('open'))
      await expect(trip.propose({ mappings: ['status.gone=open'] })).rejects.toMatchObject({
        code: 'ENUM_MAPPING_INVALID',
        hint: expect.stringContaining('What goes: status.lost.'),
      })
      await expect(trip.propose({ mappings: ['status.lost=new'] })).rejects.toMatchObject({
        message: "--map status.lost=new: status will have no 'new'.",
      })
    })

    describe('take with them what else has the type:', () => {
      test.each(Object.entries(dependents))('%s', async (_, body) => {
        await start(body, type('open', 'lost', 'done'), type('open', 'done'))
        await there({ mappings: ['public.status.lost=done'] })
        await back()
      })
    })
  },
  { pgDump: true, usually: [13] },
)
