import { existsSync } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { PGlite, PGliteOptions } from '@electric-sql/pglite'
import { LimbeckError, messageOf } from '../../../errors.ts'
import { DatabaseError } from '../../database-error.ts'
import type { Connection, OnResult, QueryBuilders, QueryResult } from '../../dialect.ts'
import { toDatabaseError } from './database-errors.ts'
import { type ArchiveOptions, emptyDatabase, forgetArchive } from './embedded-archive.ts'
import { embeddedBuilders } from './embedded-builders.ts'
import { loadEngine } from './embedded-engine.ts'
import { chooseExtensions } from './embedded-extensions.ts'
import { type DirectoryLock, lockDirectory } from './embedded-lock.ts'
import { executeAll, isCopyFromClient, type Session } from './execute-all.ts'
import type { StatementListener } from './server-connection.ts'
import { valueParsers } from './values.ts'

export interface ConnectEmbeddedOptions extends ArchiveOptions {
  /** Where its files are, made if it is not there; absent: in memory, gone when closed. */
  readonly directory?: string | undefined
  /** Extensions that may be created in it; absent: all that are installed. */
  readonly extensions?: readonly string[] | undefined
  /** Values that settings have from the start and go back to on RESET. */
  readonly settings?: Readonly<Record<string, string>> | undefined
  readonly onStatement?: StatementListener | undefined
}

/** Opens a PostgreSQL that runs inside this process. */
export async function connectEmbedded(options: ConnectEmbeddedOptions = {}): Promise<Connection> {
  const { directory, onStatement } = options
  if (directory === undefined) return connectionTo(await openInMemory(options), onStatement)
  await loadEngine()
  const lock = await lockDirectory(directory).catch(error => {
    throw cannotOpen(directory, error)
  })
  try {
    const database = await openDirectory(directory, lock, options)
    return await connectionTo(database, onStatement, () => lock.release())
  } catch (error) {
    lock.release()
    throw cannotOpen(directory, error)
  }
}

async function openInMemory(options: ConnectEmbeddedOptions): Promise<PGlite> {
  const start = async () =>
    startEngine({ ...(await engineOptions(options)), loadDataDir: await emptyDatabase(options) })
  try {
    return await start()
  } catch (error) {
    // A cached archive may be damaged; a new one shows whether that was it.
    if (!(await forgetArchive(options))) throw error
    return start()
  }
}

async function openDirectory(
  directory: string,
  lock: DirectoryLock,
  options: ConnectEmbeddedOptions,
): Promise<PGlite> {
  if (lock.wasLeftHalfMade) await rm(directory, { recursive: true, force: true })
  const settled = { ...(await engineOptions(options)), dataDir: directory }
  if (existsSync(join(directory, 'PG_VERSION'))) return startEngine(settled)
  const loadDataDir = await emptyDatabase(options)
  await mkdir(directory, { recursive: true })
  if ((await readdir(directory)).length > 0) throw new Error('it holds files that are no database')
  lock.note(true)
  try {
    return await startEngine({ ...settled, loadDataDir })
  } catch (error) {
    await rm(directory, { recursive: true, force: true })
    throw error
  } finally {
    lock.note(false)
  }
}

async function engineOptions(options: ConnectEmbeddedOptions): Promise<PGliteOptions> {
  const { PGlite, shared, extensions } = await loadEngine()
  const settings = { search_path: '"$user", public', ...options.settings }
  return {
    ...shared,
    extensions: await chooseExtensions(extensions, options.extensions),
    // The package starts with `search_path=public`; a server does not, and names must mean the same.
    startParams: [
      ...PGlite.defaultStartParams,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
  }
}

async function startEngine(options: PGliteOptions): Promise<PGlite> {
  const { PGlite } = await loadEngine()
  const database: PGlite = await PGlite.create(options)
  // In place of what it learnt from the catalog, so that values are those of a server.
  database.parsers = { ...valueParsers }
  return database
}

async function connectionTo(
  database: PGlite,
  onStatement: StatementListener | undefined,
  afterwards = () => {},
): Promise<Connection> {
  const { rows } = await database.query<{ server_version_num: string }>('SHOW server_version_num')
  const serverVersion = Number(rows[0]?.server_version_num)
  return new EmbeddedConnection(database, serverVersion, onStatement, afterwards)
}

function cannotOpen(directory: string, error: unknown): unknown {
  if (error instanceof LimbeckError) return error
  const reason = messageOf(error)
  const isOfDisk = error instanceof Error && 'syscall' in error
  return new LimbeckError(
    isOfDisk ? 'FILE_UNWRITABLE' : 'CONNECTION_FAILED',
    `The embedded database in ${directory} cannot be opened: ${reason}`,
    { facts: { directory, reason }, hint: isOfDisk ? rightsHint : damageHint, cause: error },
  )
}

const rightsHint =
  'Check the rights to the folder and the space on the disk, or name another with `embedded: { directory }`.'

const damageHint =
  'It may be damaged, or made by another version of @electric-sql/pglite. Where its data can be made again, remove the directory or name another.'

type Answer = QueryResult<Record<string, unknown>>

/** The one session of an embedded database. */
class EmbeddedConnection implements Connection {
  readonly dialect = 'postgresql'
  readonly kind = 'embedded'
  readonly driver: PGlite
  readonly serverVersion: number
  readonly #onStatement: StatementListener | undefined
  readonly #afterwards: () => void

  constructor(
    database: PGlite,
    serverVersion: number,
    onStatement: StatementListener | undefined,
    afterwards: () => void,
  ) {
    this.driver = database
    this.serverVersion = serverVersion
    this.#onStatement = onStatement
    this.#afterwards = afterwards
  }

  async query<T>(sql: string, parameters: readonly unknown[] = []): Promise<QueryResult<T>> {
    return (await this.#run(sql, parameters)) as QueryResult<T>
  }

  executeAll(statements: readonly string[], onResult?: OnResult): Promise<void> {
    return executeAll(this.#session, statements, onResult)
  }

  queryAll(queries: readonly string[]): Promise<Answer[]> {
    return this.#session.send(queries, 0)
  }

  async isPooled(): Promise<boolean> {
    return false
  }

  get builders(): QueryBuilders {
    return embeddedBuilders(this.driver, this.#onStatement)
  }

  isInTransaction(): boolean {
    return this.driver.isInTransaction()
  }

  async close(): Promise<void> {
    if (!this.driver.closed) await this.driver.close()
    this.#afterwards()
  }

  readonly #session: Session = {
    isInTransaction: () => this.isInTransaction(),
    send: async (statements, firstIndex, onResult) => {
      const answers: Answer[] = []
      for (const [index, sql] of statements.entries()) {
        const answer = await this.#run(sql, [], firstIndex + index)
        onResult?.(answer, firstIndex + index)
        answers.push(answer)
      }
      return answers
    },
  }

  async #run(
    sql: string,
    parameters: readonly unknown[],
    statementIndex?: number,
  ): Promise<Answer> {
    this.#onStatement?.(sql, parameters)
    // The engine would wait for the rows for ever, and this process with it.
    if (isCopyFromClient(sql)) {
      const message = 'COPY FROM STDIN cannot be used here: there are no rows to read'
      throw new DatabaseError(message, { code: '0A000', sql, statementIndex })
    }
    try {
      // Only `exec` takes several statements in one string, and only `query` parameters.
      const result =
        parameters.length > 0
          ? await this.driver.query<Record<string, unknown>>(sql, [...parameters])
          : (await this.driver.exec(sql)).at(-1)
      return { rows: result?.rows ?? [], rowCount: result?.rowCount ?? 0 }
    } catch (error) {
      throw toDatabaseError(error, { sql, statementIndex })
    }
  }
}
