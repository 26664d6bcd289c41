import fc from 'fast-check'
import { expect, test } from 'vitest'
import { upgrade } from '../../src/commands/upgrade.ts'
import { eachServer } from '../support/each-server.ts'
import { pgDump } from '../support/pg-dump.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { queryOnce, type TestDatabase } from '../support/servers.ts'

// What has to be committed on its way: values of enums that are used, and what no transaction holds.

/** Ends a revision and begins another. */
const nextRevision = '--'

/** The lines of a revision; `at` makes its names its own. */
type Piece = (at: number) => readonly string[]

const pieces: Readonly<Record<string, Piece>> = {
  'adds a value': at => [`op.addEnumValue('mood', 'v${at}')`],
  'adds a value and uses it as a default': at => [
    `op.addEnumValue('mood', 'v${at}', { before: 'sad' })`,
    `op.alterColumn('t', 'mood', { default: 'v${at}' })`,
  ],
  'adds a value and writes it': at => [
    `op.addEnumValue('mood', 'v${at}')`,
    `op.execute("INSERT INTO t (mood, n) VALUES ('v${at}', ${at})")`,
  ],
  'adds a value for a check and an index': at => [
    `op.addEnumValue('mood', 'v${at}')`,
    `op.createCheckConstraint('ck${at}', 't', "mood <> 'v${at}' OR n >= 0")`,
    `op.createIndex('ixm${at}', 't', ['n'], { where: "mood = 'v${at}'" })`,
  ],
  'makes an enum and adds to it': at => [
    `op.createEnum('e${at}', ['a'])`,
    `op.addEnumValue('e${at}', 'b')`,
    `op.execute("CREATE TABLE e_t${at} (e e${at} DEFAULT 'b')")`,
  ],
  'renames a value': at => [
    `op.addEnumValue('mood', 'old${at}')`,
    `op.renameEnumValue('mood', 'old${at}', 'new${at}')`,
    `op.execute("INSERT INTO t (mood, n) VALUES ('new${at}', ${at})")`,
  ],
  'indexes concurrently, and drops one': at => [
    `op.createIndex('ix${at}', 't', ['n', 'mood'], { concurrently: true })`,
    `op.createIndex('gone${at}', 't', ['mood'], { concurrently: true })`,
    `op.dropIndex('gone${at}', { table: 't', concurrently: true })`,
  ],
  'is between': at => [
    `op.addColumn('t', { c${at}: integer() })`,
    `op.execute("UPDATE t SET c${at} = n")`,
  ],
  'fills batch by batch': () => [`op.backfill('t', { set: { n: sql\`n + 1\` }, batchSize: 3 })`],
  'adds a value in a revision, and uses it in the next': at => [
    `op.addEnumValue('mood', 'v${at}')`,
    nextRevision,
    `op.execute("INSERT INTO t (mood, n) VALUES ('v${at}', ${at})")`,
  ],
  'runs code': at => [
    `op.run(async ({ connection }) => {
      await connection.query("INSERT INTO t (mood, n) VALUES ('sad', ${at})")
    })`,
  ],
}

function writeHistory(project: TestProject, names: readonly string[]): readonly string[] {
  const start = [
    `op.createEnum('mood', ['sad', 'fine'])`,
    `op.execute("CREATE TABLE t (id serial PRIMARY KEY, mood mood, n integer); INSERT INTO t (mood, n) SELECT 'sad', i FROM generate_series(1, 10) AS i")`,
  ]
  const lines = names.flatMap((name, at) => [nextRevision, ...pieces[name]!(at)])
  const bodies = [...start, ...lines].join('\n  ').split(nextRevision)
  return bodies.map((body, at) => {
    const id = `r${at}`
    const down = at === 0 ? null : `r${at - 1}`
    project.writeRevision({ id, down, upgrade: `  ${body.trim()}` })
    return id
  })
}

/** The schema, every row, and what the ledger says of whole revisions. */
async function stateOf(url: string): Promise<unknown> {
  return {
    dump: await pgDump(url),
    rows: await queryOnce(url, 'SELECT mood::text, n FROM t ORDER BY id'),
    versions: await queryOnce(url, 'SELECT version_num FROM alembic_version'),
    ledger: await queryOnce(
      url,
      'SELECT revision, operations_hash FROM limbeck_ledger WHERE step = 0 ORDER BY sequence',
    ),
  }
}

const ways: Readonly<
  Record<string, { config: object; stops(ids: readonly string[]): readonly string[] }>
> = {
  'step by step': { config: {}, stops: ids => ids },
  'in one run': { config: {}, stops: ids => ids.slice(-1) },
  'in one run, a transaction for each revision': {
    config: { transactionPerMigration: true },
    stops: ids => ids.slice(-1),
  },
  'in two runs': {
    config: {},
    stops: ids => [ids[Math.floor(ids.length / 2)]!, ids.at(-1)!],
  },
}

eachServer(
  'a fresh database',
  ({ server }) => {
    async function build(names: readonly string[], way: string): Promise<unknown> {
      const database: TestDatabase = await (await server()).createDatabase('built')
      const project = createProject(database.url)
      try {
        const { config, stops } = ways[way]!
        project.configure(config)
        const ids = writeHistory(project, names)
        for (const revision of stops(ids)) await upgrade({ ...project.input, revision })
        return await stateOf(database.url)
      } finally {
        project.remove()
        await database.drop()
      }
    }

    async function expectEqualWays(names: readonly string[]): Promise<void> {
      const [stepwise, ...others] = Object.keys(ways) as [string, ...string[]]
      const expected = await build(names, stepwise)
      for (const way of others) expect(await build(names, way), way).toEqual(expected)
    }

    test('is the same in every way, with every kind of commit', { timeout: 120_000 }, async () => {
      await expectEqualWays(Object.keys(pieces))
      await expectEqualWays(Object.keys(pieces).toReversed())
    })

    test('is the same in every way, for drawn histories', { timeout: 240_000 }, async () => {
      const history = fc.array(fc.constantFrom(...Object.keys(pieces)), {
        minLength: 2,
        maxLength: 6,
      })
      await fc.assert(fc.asyncProperty(history, expectEqualWays), { numRuns: 2 })
    })
  },
  { pgDump: true },
)
