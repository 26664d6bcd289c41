import type { CliProject } from '../support/cli-project.ts'
import { pgDumpWithRows } from '../support/pg-dump.ts'
import { queryOnce, type TestDatabase, type TestServer } from '../support/servers.ts'
import { revisionIds, type StartSize, startSql, writeHistory } from './history.ts'
import { startLimbeck } from './limbeck-process.ts'

export type Direction = 'upgrade' | 'downgrade'

/** The way that a direction goes. */
export const words: Readonly<Record<Direction, readonly string[]>> = {
  upgrade: ['upgrade', 'head', '--wait-lock', '5m'],
  downgrade: ['downgrade', 'base', '--yes', '--wait-lock', '5m'],
}

/** What a run that nobody disturbs starts from, how long it takes, and what it leaves. */
export interface Undisturbed {
  readonly template: string
  readonly milliseconds: number
  /** How many lines it says, and how many of a commit on its way. */
  readonly lines: number
  readonly commits: number
  readonly dump: string
}

/** What a run says at each commit on its way. */
export const commitText = 'Committing here'

/** Runs the history there and back, on databases that then serve as templates. */
export async function runUndisturbed(
  server: TestServer,
  project: CliProject,
  size: StartSize = { rows: 3000, padding: 0 },
): Promise<Readonly<Record<Direction, Undisturbed>> & { drop(): Promise<void> }> {
  writeHistory(project, server.major)
  const databases: TestDatabase[] = []
  const copy = async (template?: string) => {
    const database = await server.createDatabase('faults', { template })
    databases.push(database)
    return database
  }
  const start = await copy()
  await queryOnce(start.url, startSql(size))
  const end = await copy(start.name)
  const upgrade = await run(project, end.url, 'upgrade', start.name)
  const undone = await copy(end.name)
  const downgrade = await run(project, undone.url, 'downgrade', end.name)
  return {
    upgrade,
    downgrade,
    drop: async () => {
      for (const database of databases) await database.drop()
    },
  }
}

async function run(
  project: CliProject,
  url: string,
  direction: Direction,
  template: string,
): Promise<Undisturbed> {
  const started = performance.now()
  const { ended, said } = startLimbeck(project, url, words[direction])
  const status = await ended
  const milliseconds = performance.now() - started
  if (status !== 0) throw new Error(`The ${direction} of the history failed:\n${said()}`)
  const flaws = await flawsOf(url, direction)
  if (flaws.length > 0) throw new Error(flaws.join('; '))
  const count = (text: string) => said().split(text).length - 1
  const dump = await dumpOf(url)
  return { template, milliseconds, lines: count('\n'), commits: count(commitText), dump }
}

/** All that PostgreSQL says of a database but the ledger, whose times differ; rows in the order of their text. */
export async function dumpOf(url: string): Promise<string> {
  const dump = await pgDumpWithRows(url, ['--exclude-table=limbeck_ledger*'])
  const isRow = (line: string) => line.startsWith('INSERT INTO ')
  const lines = dump.split('\n')
  return [...lines.filter(line => !isRow(line)), ...lines.filter(isRow).sort()].join('\n')
}

/** What no dump shows: what is half made, and a ledger that does not say that each revision was done once. */
export async function flawsOf(url: string, direction: Direction): Promise<string[]> {
  const [found] = await queryOnce<{ half: string[]; done: string[] }>(
    url,
    `SELECT ARRAY(SELECT i.indexrelid::regclass::text || ' is invalid' FROM pg_index AS i
        WHERE NOT (i.indisvalid AND i.indisready AND i.indislive)
      UNION ALL SELECT h.inhrelid::regclass::text || ' is half detached' FROM pg_inherits AS h
        WHERE (to_jsonb(h) ->> 'inhdetachpending')::boolean) AS half,
      ARRAY(SELECT revision FROM limbeck_ledger
        WHERE step = 0 AND state = 'done' AND direction = '${direction}' ORDER BY revision) AS done`,
  )
  const { half, done } = found!
  const isOnce = String(done) === String(revisionIds)
  return isOnce ? half : [...half, `the ledger has a line of the ${direction} for each of ${done}`]
}
