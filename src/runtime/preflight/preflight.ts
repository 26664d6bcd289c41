import type { ExpectConfig } from '../../config/config.ts'
import type { Connection, Dialect } from '../../dialects/dialect.ts'
import type { RowRight, Situation } from '../../dialects/situation.ts'
import type { SessionTimeouts } from '../../dialects/timeouts.ts'
import { LimbeckError } from '../../errors.ts'
import type { RowChanges } from '../../revisions/plan.ts'
import { displayName, type QualifiedName } from '../../schema/index.ts'
import type { Ledger } from '../ledger.ts'
import type { MigrationSession } from '../migration-session.ts'
import type { RecordedStep } from '../recorded-step.ts'
import { operationsOf } from '../recorded-step.ts'
import type { VersionTable } from '../version-table.ts'
import { expectDatabase } from './expected.ts'
import { madeBy, mayChangeRights, type Need, needsOf } from './needs.ts'
import { type MissingRight, Rights, rightsMissing } from './rights.ts'

/** Where a run is about to begin. */
export interface PreflightParts {
  readonly connection: Connection
  readonly dialect: Dialect
  readonly versionTable: VersionTable
  readonly ledger: Ledger
  /** Which database, with the password masked. */
  readonly database: string
  readonly expect: ExpectConfig | undefined
}

/** What a run does to limbeck's own tables. */
export interface OwnWork {
  readonly steps: readonly RowChanges[]
  /** The version table is emptied first. */
  readonly isPurge?: boolean | undefined
}

/** Where a run would begin: what is known of the place, and the current heads; in one round trip. */
export async function lookAround(
  session: Omit<PreflightParts, 'connection'> & Pick<MigrationSession, 'connection'>,
): Promise<{ readonly preflight: Preflight; readonly heads: readonly string[] }> {
  const connection = session.connection!
  const parts = { ...session, connection }
  const look = async () => Preflight.open(parts)
  const read = async () => session.versionTable.readToWrite(connection, [session.ledger.own])
  if (connection.together === undefined || connection.isInTransaction?.())
    return { preflight: await look(), heads: await read() }
  const [preflight, heads] = await connection.together(() => Promise.allSettled([look(), read()]))
  // What is wrong with the place says more than a table that it does not have.
  if (preflight.status === 'rejected') throw preflight.reason
  if (heads.status === 'rejected') {
    await preflight.value.expectWritable({ steps: [] })
    throw heads.reason
  }
  return { preflight: preflight.value, heads: heads.value }
}

/** Refuses a database that a run should not, or cannot, change, before the first statement. */
export class Preflight {
  readonly #parts: PreflightParts
  readonly #situation: Situation | undefined
  readonly #rights: Rights | undefined
  /** Nothing is known of rights any more. */
  #isBlind = false
  /** Tables that the run has made by then, whoever had one of that name before. */
  readonly #made = new Set<string>()

  private constructor(parts: PreflightParts, situation: Situation | undefined) {
    this.#parts = parts
    this.#situation = situation
    const { limits } = situation ?? {}
    this.#rights = limits && new Rights(situation!, limits, parts.dialect)
  }

  /**
   * Asks where the connection has led to, and refuses a database that the config does not expect. In
   * an embedded database everything is allowed.
   */
  static async open(parts: PreflightParts): Promise<Preflight> {
    const { connection, dialect, versionTable, ledger, expect } = parts
    const isOpen = connection.kind === 'embedded' && expect === undefined
    const tables = [versionTable.name, ledger.name]
    const situation = isOpen ? undefined : await dialect.situation?.(connection, { tables })
    if (expect !== undefined && situation !== undefined) expectDatabase(expect, situation)
    return new Preflight(parts, situation)
  }

  /** How long statements may take here, as it was found. */
  get timeouts(): SessionTimeouts | undefined {
    return this.#situation?.timeouts
  }

  /** Refuses a place that takes no changes, and a role that may not keep limbeck's own tables. */
  async expectWritable(work: OwnWork): Promise<void> {
    await this.#expectOpen()
    const missing = this.#missingInOwnTables(work)
    if (missing.length > 0)
      throw rightsMissing(
        this.#situation!,
        missing,
        '`limbeck ensure-version --sql` prints what creates both tables.',
      )
  }

  async #expectOpen(): Promise<void> {
    const { connection, dialect, database } = this.#parts
    const situation = this.#situation
    if (!(situation?.isStandby || situation?.isReadOnly)) return
    const barrier = await dialect.writeBarrier?.(connection, situation)
    if (barrier === undefined) return
    throw new LimbeckError(
      situation.isStandby ? 'SERVER_STANDBY' : 'DATABASE_READ_ONLY',
      `${database} takes no changes. ${barrier.sentence} Nothing was done.`,
      { facts: { database, ...barrier.facts }, hint: barrier.hint },
    )
  }

  #missingInOwnTables({ steps, isPurge }: OwnWork): MissingRight[] {
    const { versionTable, ledger } = this.#parts
    const has = (part: keyof RowChanges) => steps.some(step => step[part].length > 0)
    const versions: RowRight[] = [
      'SELECT',
      ...(has('inserts') ? ['INSERT' as const] : []),
      ...(has('updates') ? ['UPDATE' as const] : []),
      ...(has('deletes') || isPurge ? ['DELETE' as const] : []),
    ]
    const lines: RowRight[] = steps.length === 0 ? ['SELECT'] : ['SELECT', 'INSERT']
    return [...this.#missingIn(versionTable.name, versions), ...this.#missingIn(ledger.name, lines)]
  }

  #missingIn(table: QualifiedName, rights: readonly RowRight[]): MissingRight[] {
    const known = this.#rights
    if (known === undefined) return []
    if (!known.isThere(table)) return known.creation(table.schema)
    return [...known.usage(table.schema), ...known.rows(table, rights)]
  }

  /**
   * Refuses steps that alter what the role may not alter. What comes after code, or after SQL that
   * may change rights, is left to the database.
   */
  expectRights(steps: readonly RecordedStep[]): void {
    const rights = this.#rights
    if (rights === undefined) return
    const missing = steps.flatMap(operationsOf).flatMap(operation => {
      this.#isBlind ||= mayChangeRights(operation)
      if (this.#isBlind) return []
      const needs = needsOf(operation).filter(need => !this.#isOwn(need))
      const made = madeBy(operation)
      if (made !== undefined) this.#made.add(displayName(made))
      return needs.flatMap(need => rights.missing(need))
    })
    if (missing.length > 0) throw rightsMissing(this.#situation!, missing)
  }

  #isOwn(need: Need): boolean {
    return need.kind === 'own' && this.#made.has(displayName(need.table))
  }

  /** The same for steps as they are recorded. */
  async *watch<T extends readonly RecordedStep[]>(batches: AsyncIterable<T>): AsyncGenerator<T> {
    for await (const batch of batches) {
      this.expectRights(batch)
      yield batch
    }
  }
}
