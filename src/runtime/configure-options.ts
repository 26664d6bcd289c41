import { parseDuration } from '../config/duration.ts'
import type { Hooks } from '../config/hooks.ts'
import {
  anything,
  callable,
  either,
  isRecord,
  listOf,
  oneOf,
  type Shape,
  text,
  truth,
} from '../config/shapes.ts'
import { described } from '../config/validate.ts'
import type { DialectName } from '../dialects/dialect.ts'
import { LimbeckError } from '../errors.ts'
import { didYouMean } from '../text/nearest.ts'
import { counterparts, withoutCounterpart } from './alembic-options.ts'
import type { ComparisonSettings } from './comparison-options.ts'
import type { ProcessRevisionDirectives } from './revision-directive.ts'
import type { OnVersionApply } from './version-apply.ts'

/** Takes the SQL of `--sql`: a stream, or a function. */
export type OutputBuffer = { write(text: string): unknown } | ((text: string) => unknown)

/** What `context.configure` may set, over what the config says, until it is called again. */
export interface ConfigureOptions extends ComparisonSettings {
  /** A session that the application has opened and will end: a client of `pg`, or one of limbeck's. */
  readonly connection?: object | undefined
  /** Where `context.connect()` goes; beside `connection`, where another is opened to compare schemas. */
  readonly url?: string | undefined
  /** The kind of database that `--sql` writes for, where no URL tells. */
  readonly dialect?: DialectName | undefined
  /** false: DDL counts as done at once, as in MySQL, so that each revision is committed. */
  readonly transactionalDdl?: boolean | undefined
  /** One transaction for each revision instead of one around all. */
  readonly transactionPerMigration?: boolean | undefined
  /** How long a statement waits for a lock: `3s`; `0`: without end. */
  readonly lockTimeout?: string | undefined
  /** How long a statement takes at most: `10m`; `0`: without end. */
  readonly statementTimeout?: string | undefined
  /** How long what got no lock is tried again: `2m`; `0`: not at all. */
  readonly lockRetry?: string | undefined
  /** Takes the SQL of `--sql`, which else is the command's result. */
  readonly outputBuffer?: OutputBuffer | undefined
  /** With `--sql`: values are written into the SQL. It is the only way there, so true is the only value. */
  readonly literalBinds?: true | undefined
  /** With `--sql`: where the script starts, over the range that was given. */
  readonly startingRev?: string | undefined
  /** In place of `--tag`. */
  readonly tag?: string | undefined
  /** The table that holds the current heads. */
  readonly versionTable?: string | undefined
  /** The schema of that table, and of the ledger. */
  readonly versionTableSchema?: string | undefined
  /** false: the version table is made without a primary key. */
  readonly versionTablePk?: boolean | undefined
  /** Is told of each step when its version rows are written, before the commit. */
  readonly onVersionApply?: OnVersionApply | readonly OnVersionApply[] | undefined
  /** Functions that are told of a run; each in place of that of the config. */
  readonly hooks?: Hooks | undefined
  /** What the schema should be, in place of what `env.ts` exports. */
  readonly target?: unknown
  /** More variables for the template of new revision files. */
  readonly templateArgs?: Readonly<Record<string, string>> | undefined
  /** Called before a revision is written, with what may be changed of it. */
  readonly processRevisionDirectives?: ProcessRevisionDirectives | undefined
  /** The template's variable that gets the code of `upgrade`; `upgrades` by default. */
  readonly upgradeToken?: string | undefined
  /** The template's variable that gets the code of `downgrade`; `downgrades` by default. */
  readonly downgradeToken?: string | undefined
  /** `sql: true` reports every statement. */
  readonly log?: { readonly sql?: boolean | undefined } | undefined
}

interface OptionRule {
  readonly shape: Shape
  /** Without a meaning in the other mode, where it would be passed over in silence. */
  readonly only?: 'online' | 'offline'
}

const object = (name: string): Shape => ({
  name,
  accepts: value => typeof value === 'object' && value !== null,
})

const onlyTrue: Shape = { name: 'true', accepts: value => value === true }

const time: Shape = {
  name: "a length of time, such as '10s'",
  accepts: value => typeof value === 'string' && parseDuration(value) !== undefined,
}

const functions = either(callable, listOf(callable))

const hookNames = ['beforeRun', 'beforeRevision', 'afterRevision', 'afterRun', 'onError']

const hooks: Shape = {
  name: `{ ${hookNames.join(', ')} } with functions`,
  accepts: value =>
    isRecord(value) &&
    Object.entries(value).every(
      ([name, hook]) =>
        hookNames.includes(name) && (hook === undefined || typeof hook === 'function'),
    ),
}

const rules: { readonly [K in keyof Required<ConfigureOptions>]: OptionRule } = {
  connection: { shape: object('a connection'), only: 'online' },
  url: { shape: text },
  dialect: { shape: oneOf('postgresql', 'sqlite', 'mysql') },
  transactionalDdl: { shape: truth },
  transactionPerMigration: { shape: truth },
  lockTimeout: { shape: time },
  statementTimeout: { shape: time },
  lockRetry: { shape: time, only: 'online' },
  outputBuffer: { shape: either(callable, object('something with write()')) },
  literalBinds: { shape: onlyTrue, only: 'offline' },
  startingRev: { shape: text, only: 'offline' },
  tag: { shape: text },
  versionTable: { shape: text },
  versionTableSchema: { shape: text },
  versionTablePk: { shape: truth },
  onVersionApply: { shape: functions },
  hooks: { shape: hooks, only: 'online' },
  target: { shape: anything },
  templateArgs: { shape: object('{ [name]: string }') },
  processRevisionDirectives: { shape: callable },
  upgradeToken: { shape: text },
  downgradeToken: { shape: text },
  includeName: { shape: callable },
  includeObject: { shape: callable },
  includeSchemas: { shape: either(truth, listOf(text)) },
  compareType: { shape: either(truth, callable) },
  compareServerDefault: { shape: either(truth, callable) },
  log: { shape: object('{ sql }') },
}

/** The names of all options. */
export const configureOptionNames: readonly string[] = Object.keys(rules)

/** Refuses what is no option, has the wrong kind of value, or belongs to the other mode. */
export function checkOptions(options: ConfigureOptions, isOffline: boolean): void {
  const complaints = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : (complaintAbout(name, value, isOffline) ?? []),
  )
  if (complaints.length === 0) return
  throw new LimbeckError('CONFIGURE_INVALID', `context.configure: ${complaints.join(' ')}`, {
    facts: { complaints },
    hint: 'docs/guide/environment.md in the package limbeck lists every option, beside those of Alembic.',
  })
}

function complaintAbout(name: string, value: unknown, isOffline: boolean): string | undefined {
  const rule = Object.hasOwn(rules, name) ? rules[name as keyof ConfigureOptions] : undefined
  if (rule === undefined) return `${name} is no option. ${meant(name)}`.trimEnd()
  const { shape, only } = rule
  if (!shape.accepts(value)) return `${name}: expected ${shape.name}, got ${described(value)}.`
  if (only === 'offline' && !isOffline) return `${name} only means something with --sql.`
  return only === 'online' && isOffline ? `${name} is not used with --sql.` : undefined
}

/** What to write instead of a word that is no option: Alembic's own are known, in either spelling. */
function meant(name: string): string {
  const alembic = name.replaceAll(/[A-Z]/g, capital => `_${capital.toLowerCase()}`)
  const ours = counterparts[alembic]
  if (ours !== undefined) return `Here it is called ${ours}.`
  return withoutCounterpart[alembic] ?? didYouMean(name, configureOptionNames) ?? ''
}
