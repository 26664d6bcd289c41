import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { check } from '../../src/commands/check.ts'
import { downgrade } from '../../src/commands/downgrade.ts'
import { history } from '../../src/commands/history.ts'
import type { RevisionResult } from '../../src/commands/results/revision.ts'
import { revision } from '../../src/commands/revision.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import { settledDump } from '../round-trip/direct-build.ts'
import { withoutColumnOrder } from '../round-trip/dump.ts'
import { pgDump, pgDumpWithRows } from '../support/pg-dump.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { queryOnce, type TestDatabase, type TestServer } from '../support/servers.ts'

/** What a project is asked to do: from one schema, with rows, to another. */
export interface TripCase {
  readonly before: string
  readonly after: string
  readonly rows?: string
  /** Keys of the config. */
  readonly config?: object
}

/** A proposal on its way; `end` removes the project and the database. */
export class ProposalTrip {
  readonly database: TestDatabase
  readonly project: TestProject
  readonly #server: TestServer

  private constructor(server: TestServer, database: TestDatabase, project: TestProject) {
    this.#server = server
    this.database = database
    this.project = project
  }

  static async start(server: TestServer, { before, after, rows = '', config = {} }: TripCase) {
    const database = await server.createDatabase('proposal')
    await queryOnce(database.url, `${before};${rows}`)
    const project = createProject(database.url)
    project.configure({ ...config, manage: 'all' })
    project.write('before.sql', before)
    project.write('after.sql', after)
    project.write(
      'migrations/env.ts',
      `import { sqlFiles } from 'limbeck'\nexport const target = sqlFiles('after.sql')\n`,
    )
    return new ProposalTrip(server, database, project)
  }

  query<T extends object>(sql: string): Promise<T[]> {
    return queryOnce<T>(this.database.url, sql)
  }

  propose(options: object = {}): Promise<RevisionResult> {
    return revision({ ...this.project.input, autogenerate: true, message: 'change', ...options })
  }

  /** Each file's message, and its upgrade without white space that only lays it out. */
  texts({ path, more = [] }: RevisionResult): Record<string, string> {
    const paths = [path!, ...more.map(file => file.path)]
    return Object.fromEntries(paths.map(file => [titleOf(file), upgradeOf(file)]))
  }

  /** The ids of all revisions, the first first. */
  async revisions(): Promise<string[]> {
    const { revisions } = await history(this.project.input)
    return revisions.map(({ id }) => id).reverse()
  }

  upgrade(to = 'head') {
    return upgrade({ ...this.project.input, revision: to })
  }

  downgrade(to = 'base') {
    return downgrade({ ...this.project.input, revision: to })
  }

  async pending(): Promise<readonly string[]> {
    return (await check(this.project.input)).pending.map(({ description }) => description)
  }

  /** The schema as pg_dump has it, but for limbeck's own tables and the order of columns. */
  async schema(): Promise<string> {
    const own = ['--exclude-table=alembic_version*', '--exclude-table=limbeck_ledger*']
    return withoutColumnOrder(await pgDump(this.database.url, own))
  }

  /** What pg_dump says of one of the two schemas, built directly. */
  async expected(which: 'before' | 'after'): Promise<string> {
    const path = `${this.project.folder}/${which}.sql`
    return withoutColumnOrder(await settledDump(this.#server, path, []))
  }

  rows(): Promise<string> {
    return pgDumpWithRows(this.database.url)
  }

  async end(): Promise<void> {
    this.project.remove()
    await this.database.drop()
  }
}

const titleOf = (path: string): string => /^ \* (.*)$/m.exec(readFileSync(path, 'utf8'))![1]!

function upgradeOf(path: string): string {
  const text = readFileSync(path, 'utf8')
  const body = /function upgrade\(.*?\) \{\n(.*?)^\}/ms.exec(text)?.[1]
  if (body === undefined) throw new Error(`${basename(path)} has no upgrade`)
  return body.trim().replace(/\s+/g, ' ').replaceAll(', }', ' }').replaceAll(', )', ')')
}
