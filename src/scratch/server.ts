import type { Connection } from '../dialects/dialect.ts'
import { loadConnection } from '../dialects/load-connection.ts'
import { LimbeckError } from '../errors.ts'
import type { Backing, ScratchOptions } from './backing.ts'
import { unavailable } from './unavailable.ts'

const applicationName = 'limbeck scratch'

/** Makes a database beside the current one, with its encoding, locale and settings. */
export async function openOnServer(options: ScratchOptions): Promise<Backing> {
  const url = options.current?.url
  if (url === undefined) throw noAddress(options.current?.connection.kind === 'server')
  const server = new ScratchServer(url, options)
  const open = async (): Promise<Backing> => {
    const { name, connection } = await server.create()
    return { connection, another: open, dispose: () => server.drop(name, connection) }
  }
  return open()
}

function noAddress(isOnServer: boolean) {
  const hint = 'Use `scratch: "embedded"`, or set `scratchUrl` to an empty database.'
  if (!isOnServer) return unavailable('The current database is not on a server.', hint)
  return unavailable(
    'The connection is one of the application, and its address was not given.',
    `Give it: context.configure({ connection, url }). ${hint}`,
  )
}

interface ServerDatabase {
  readonly name: string
  readonly connection: Connection
}

/** Makes and drops databases on one server; each time in a short session in the current database. */
class ScratchServer {
  readonly #url: string
  readonly #options: ScratchOptions

  constructor(url: string, options: ScratchOptions) {
    this.#url = url
    this.#options = options
  }

  async create(): Promise<ServerDatabase> {
    const { name, settings } = await this.#administer(async session => {
      await expectRights(session)
      await dropStale(session)
      const twin = await describeTwin(session)
      await session.query(twin.statement).catch(error => {
        throw unavailable(
          `The server refuses to create one: ${error.message}.`,
          'Use `scratch: "embedded"`, or set `scratchUrl` to an empty database.',
          error,
        )
      })
      return twin
    }).catch(full)
    try {
      return { name, connection: await this.#connect({ database: name, settings }) }
    } catch (error) {
      await this.#administer(session => session.query(dropStatement(name)))
      throw notLetIn(error)
    }
  }

  async drop(name: string, connection: Connection): Promise<void> {
    await connection.close().catch(() => undefined)
    await this.#administer(session => session.query(dropStatement(name)))
  }

  async #administer<T>(work: (session: Connection) => Promise<T>): Promise<T> {
    const session = await this.#connect({})
    try {
      return await work(session)
    } finally {
      await session.close()
    }
  }

  #connect(options: Parameters<typeof loadConnection>[2]): Promise<Connection> {
    const { dialect, onStatement } = this.#options
    const address = { kind: 'url', url: this.#url } as const
    return loadConnection(dialect, address, { applicationName, onStatement, ...options })
  }
}

/** A server that lets no further session in has no place for another database's. */
function full(error: unknown): never {
  const isFull = error instanceof LimbeckError && error.code === 'TOO_MANY_CONNECTIONS'
  throw isFull ? notLetIn(error) : error
}

/** Who may create a database may still not get into it: by a rule of pg_hba.conf, or a limit. */
function notLetIn(error: unknown): unknown {
  if (!(error instanceof LimbeckError)) return error
  return unavailable(
    `No further session is let in for it: ${error.message}`,
    'Allow the role more sessions, and any database; use `scratch: "embedded"`, or set `scratchUrl` to an empty database.',
    error,
  )
}

const dropStatement = (name: string): string => `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`

async function expectRights(session: Connection): Promise<void> {
  const { rows } = await session.query<{ role: string; may: boolean; standby: boolean }>(
    `SELECT rolname AS role, rolcreatedb OR rolsuper AS may, pg_is_in_recovery() AS standby
     FROM pg_roles WHERE rolname = current_user`,
  )
  const { role, may, standby } = rows[0]!
  if (standby) throw unavailable('The server is a standby.', 'Connect to the primary.')
  if (!may) {
    throw unavailable(
      `The role "${role}" may not create databases.`,
      `Allow it with ALTER ROLE "${role}" CREATEDB, use \`scratch: "embedded"\`, or set \`scratchUrl\` to an empty database.`,
    )
  }
  // Behind a transaction pooler the session that creates is not the one that drops, and names leak.
  if (await session.isPooled?.()) {
    throw unavailable(
      'The URL leads through a connection pooler.',
      'Use the address of the server itself, `scratch: "embedded"`, or set `scratchUrl` to an empty database.',
    )
  }
}

/**
 * Drops what earlier runs of this role left behind when they were killed. A database in use has a
 * session, so one that is ten minutes old (its name says since when) and has none is stale.
 */
async function dropStale(session: Connection): Promise<void> {
  const { rows } = await session.query<{ name: string }>(
    String.raw`SELECT datname AS name FROM pg_database
      WHERE datname ~ '^limbeck_scratch_\d{9,11}_[0-9a-f]{8}$'
        AND datdba = (SELECT oid FROM pg_roles WHERE rolname = current_user)
        AND split_part(datname, '_', 3)::bigint < extract(epoch FROM clock_timestamp()) - 600
        AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datname = pg_database.datname)`,
  )
  for (const { name } of rows) {
    // Another process may be sweeping too.
    await session.query(`DROP DATABASE IF EXISTS "${name}"`).catch(() => undefined)
  }
}

interface Twin {
  readonly name: string
  /** CREATE DATABASE with everything about the current one that shapes what is built in it. */
  readonly statement: string
  /** What ALTER DATABASE … SET gave the current one, as far as a session may set it. */
  readonly settings: Readonly<Record<string, string>>
}

/** As JSON, a row of pg_database has the columns of the server's version, and NULL for the others. */
const describeTwinQuery = `
  WITH current AS (
    SELECT to_jsonb(d) AS j, 'limbeck_scratch_' || extract(epoch FROM clock_timestamp())::bigint
      || '_' || left(md5(random()::text || pg_backend_pid()), 8) AS name
    FROM pg_database d WHERE datname = current_database())
  SELECT name,
    format('CREATE DATABASE %I TEMPLATE template0 ENCODING %L LC_COLLATE %L LC_CTYPE %L',
      name, pg_encoding_to_char((j->>'encoding')::int), j->>'datcollate', j->>'datctype')
    || CASE j->>'datlocprovider'
      WHEN 'c' THEN ' LOCALE_PROVIDER libc'
      WHEN 'i' THEN ' LOCALE_PROVIDER icu ICU_LOCALE '
        || quote_literal(coalesce(j->>'daticulocale', j->>'datlocale'))
        || coalesce(' ICU_RULES ' || quote_literal(j->>'daticurules'), '')
      WHEN 'b' THEN ' LOCALE_PROVIDER builtin BUILTIN_LOCALE ' || quote_literal(j->>'datlocale')
      ELSE '' END AS statement,
    (SELECT coalesce(jsonb_object_agg(s.name, s.setting), '{}') FROM pg_settings s
      WHERE s.source IN ('database', 'database user')
        AND (s.context = 'user' OR s.context = 'superuser'
          AND (SELECT rolsuper FROM pg_roles WHERE rolname = current_user))) AS settings
  FROM current`

async function describeTwin(session: Connection): Promise<Twin> {
  const { rows } = await session.query<Twin>(describeTwinQuery)
  return rows[0]!
}
