import type { Connection } from '../dialects/dialect.ts'
import { heedNoMore, interruptible } from '../dialects/interruptible-connection.ts'
import { expectNotInterrupted } from '../dialects/interruption.ts'
import { LimbeckError } from '../errors.ts'
import type { Backing, ScratchOptions } from './backing.ts'
import { openEmbedded } from './embedded.ts'
import { openGiven } from './given.ts'
import { isOutOfLocks, piecewise } from './piecewise.ts'
import { openOnServer } from './server.ts'

/** A throw-away database: what is tried in it harms nobody. */
export interface ScratchDatabase {
  readonly kind: ScratchKind
  readonly connection: Connection
  readonly serverVersion: number
  /**
   * Lets `work` change the database inside a transaction, which is rolled back whatever happens. Where no
   * transaction can hold it all, it is done again in another database, which is dropped.
   */
  rehearse<T>(work: (connection: Connection) => Promise<T>): Promise<T>
  /** Ends it; what limbeck made is gone afterwards. */
  close(): Promise<void>
}

/** Where a scratch database is; `url`: one that the project gave. */
export type ScratchKind = 'server' | 'embedded' | 'url'

/** Opens a scratch database where the options say, or in the first place that can hold one. */
export async function openScratch(options: ScratchOptions): Promise<ScratchDatabase> {
  const { mode, signal } = options
  expectNotInterrupted(signal)
  if (mode === 'none') throw turnedOff()
  if (mode === 'server') return scratchOf('server', await openOnServer(options), signal)
  if (mode === 'embedded') return scratchOf('embedded', await openEmbedded(options), signal)
  if (mode !== undefined) return scratchOf('url', await openGiven(mode.url, options), signal)
  return openSomewhere(options)
}

/** A server's own database is the truest twin; what keeps it from being made is told if nothing else can. */
async function openSomewhere(options: ScratchOptions): Promise<ScratchDatabase> {
  const tried: string[] = []
  try {
    return scratchOf('server', await openOnServer(options), options.signal)
  } catch (error) {
    tried.push(`a database on the server: ${reasonOf(error, 'SCRATCH_UNAVAILABLE')}`)
  }
  try {
    return scratchOf('embedded', await openEmbedded(options), options.signal)
  } catch (error) {
    tried.push(`an embedded PostgreSQL: ${reasonOf(error, 'DRIVER_MISSING')}`)
  }
  throw new LimbeckError(
    'SCRATCH_UNAVAILABLE',
    ['There is no place for a scratch database. Tried', ...tried].join('\n  '),
    {
      facts: { tried },
      hint:
        'Give the role the right to create databases (ALTER ROLE … CREATEDB), ' +
        'install `@electric-sql/pglite`, or set `scratchUrl` to an empty database.',
    },
  )
}

/** The sentence of an error that means "not here"; any other error is not for us to pass over. */
function reasonOf(error: unknown, code: LimbeckError['code']): string {
  if (error instanceof LimbeckError && error.code === code) return error.message
  throw error
}

function turnedOff(): LimbeckError {
  return new LimbeckError('SCRATCH_UNAVAILABLE', 'The config turns scratch databases off.', {
    facts: { scratch: 'none' },
    hint: 'Comparing needs one: take `scratch: "none"` out of the config, or write the revision by hand.',
  })
}

function scratchOf(
  kind: ScratchKind,
  backing: Backing,
  signal: AbortSignal | undefined,
): ScratchDatabase {
  return new Scratch(kind, backing, signal)
}

class Scratch implements ScratchDatabase {
  readonly kind: ScratchKind
  readonly serverVersion: number
  readonly connection: Connection
  readonly #backing: Backing
  readonly #signal: AbortSignal | undefined
  #closing: Promise<void> | undefined
  /** What is rehearsed has more objects than one transaction can lock. */
  #isLarge = false

  constructor(kind: ScratchKind, backing: Backing, signal: AbortSignal | undefined) {
    this.kind = kind
    this.#signal = signal
    this.#backing = backing
    this.connection = interruptible(backing.connection, signal)
    this.serverVersion = backing.connection.serverVersion
  }

  async rehearse<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const { another } = this.#backing
    if (this.#isLarge && another) return rehearseIn(await another(), this.kind, work, this.#signal)
    try {
      return await this.#rehearseInTransaction(work)
    } catch (error) {
      if (!another || !isOutOfLocks(error)) throw error
      this.#isLarge = true
      return rehearseIn(await another(), this.kind, work, this.#signal)
    }
  }

  async #rehearseInTransaction<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const { connection } = this
    const { connection: own } = this.#backing
    await connection.query('BEGIN')
    try {
      const result = await work(connection)
      await this.#backing.beforeRollback?.()
      return result
    } finally {
      // A connection that is gone was rolled back by its server.
      await own.query('ROLLBACK').catch(() => undefined)
      await this.#backing.afterRollback?.()
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    await heedNoMore(this.connection)
    await this.#backing.dispose()
  }
}

/** In a database of its own, which is dropped afterwards, no transaction has to hold all of the work. */
async function rehearseIn<T>(
  backing: Backing,
  kind: ScratchKind,
  work: (connection: Connection) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  const scratch = new Scratch(kind, backing, signal)
  try {
    return await work(piecewise(scratch.connection))
  } finally {
    await scratch.close()
  }
}
