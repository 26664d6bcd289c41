import type { Hooks } from '../config/hooks.ts'
import type { Dialect } from '../dialects/dialect.ts'
import type { Step } from '../revisions/plan.ts'
import type { ConfigureOptions } from './configure-options.ts'
import type { ContextParts, OpenedConnection } from './context-parts.ts'
import { callInStep, hookRevision } from './hook-calls.ts'
import { Ledger } from './ledger.ts'
import type { MigrationContext } from './migration-context.ts'
import type { MigrationSession } from './migration-session.ts'
import type { RevisionDirective } from './revision-directive.ts'
import type { SqlScript } from './sql-script.ts'
import { chosenTimeouts } from './timeouts/chosen.ts'
import type { Transaction } from './transaction.ts'
import { type RunArguments, tellApplied } from './version-apply.ts'
import { VersionTable } from './version-table.ts'
import { xDictionary } from './x-arguments.ts'

/** A connection with the transaction that its work is done in. */
export interface Opened extends OpenedConnection {
  readonly transaction: Transaction
}

export interface SessionParts {
  readonly context: MigrationContext
  readonly parts: ContextParts
  readonly options: ConfigureOptions
  readonly dialect: Dialect
  readonly opened: Opened | undefined
  readonly script: SqlScript | undefined
  /** What `runMigrations` was given. */
  readonly args: RunArguments
}

/** What a command works with: the config's settings, with what `configure` was given over them. */
export function buildSession(from: SessionParts): MigrationSession {
  const { parts, options, dialect, opened } = from
  const { defaults } = parts
  const schema = options.versionTableSchema ?? defaults.versionTableSchema
  const name = options.versionTable ?? defaults.versionTable
  const isTransactional = hasTransactionalDdl(dialect, options)
  const perMigration = options.transactionPerMigration ?? defaults.transactionPerMigration
  return {
    dialect,
    connection: opened?.connection,
    transaction: opened?.transaction,
    script: from.script,
    versionTable: new VersionTable(dialect, { schema, name }, options.versionTablePk),
    ledger: new Ledger(dialect, schema, parts.operator),
    transactionPerMigration: perMigration || !isTransactional,
    isTransactional,
    offlineLedger: defaults.offlineLedger,
    offlineGuards: defaults.offlineGuards,
    startingRev: options.startingRev,
    expect: defaults.expect,
    waitLock: defaults.waitLock,
    timeouts: chosenTimeouts(options, defaults),
    signal: parts.signal,
    isShared: opened?.isShared ?? false,
    database: opened?.display ?? '',
    urlFrom: opened?.from,
    report: parts.report,
    url: opened?.url,
    scriptContext: scriptContext(from),
    hooks: hooksOf(from),
    tracesFrom: defaults.openTelemetry && !parts.isReplay ? defaults.directory : undefined,
    ...listening(from),
    target: options.target,
    comparison: options,
    ...revisionSettings(from),
  }
}

/** Whether DDL is undone by a rollback, unless `configure` says otherwise. */
export function hasTransactionalDdl(
  { capabilities }: Dialect,
  { transactionalDdl }: ConfigureOptions,
): boolean {
  return transactionalDdl ?? capabilities.transactionalDdl
}

function scriptContext({ parts, options, dialect, args }: SessionParts) {
  return {
    args,
    isOffline: parts.isOffline,
    dialect: dialect.name,
    xArguments: xDictionary(parts.xArguments),
    tag: options.tag ?? parts.tag,
    config: parts.config,
    namingConvention: parts.defaults.namingConvention,
  }
}

/** Those of the config, and over them those of `configure`; none where nothing runs, or nothing for good. */
const hooksOf = ({ parts, options }: SessionParts): Hooks =>
  parts.isReplay || parts.isOffline ? {} : { ...parts.defaults.hooks, ...options.hooks }

function listening(from: SessionParts): Pick<MigrationSession, 'beforeStep' | 'applied'> {
  const { context, options, opened, args } = from
  const { beforeRevision, afterRevision } = hooksOf(from)
  const listeners = [options.onVersionApply ?? []].flat()
  const applied = async (step: Step, heads: readonly string[], milliseconds = 0) => {
    const told = { context, step, heads, runArgs: args }
    await tellApplied(listeners, told, opened?.connection)
    if (afterRevision === undefined) return
    await callInStep('afterRevision', afterRevision, { ...hookRevision(step), milliseconds })
  }
  return {
    ...(beforeRevision && {
      beforeStep: step => callInStep('beforeRevision', beforeRevision, hookRevision(step)),
    }),
    ...((listeners.length > 0 || afterRevision) && { applied }),
  }
}

/** What only a command that writes revisions asks for. */
function revisionSettings({ context, options }: SessionParts) {
  const { templateArgs = {}, processRevisionDirectives: hook } = options
  const { upgradeToken = 'upgrades', downgradeToken = 'downgrades' } = options
  const process = async (revision: readonly string[], directives: RevisionDirective[]) =>
    hook?.(context, revision, directives)
  return {
    templateArgs,
    tokens: { upgrade: upgradeToken, downgrade: downgradeToken },
    ...(hook === undefined ? {} : { processRevisionDirectives: process }),
  }
}
