import type { CompileOptions, Dialect } from '../dialects/dialect.ts'
import { amended, LimbeckError } from '../errors.ts'
import { hashOperations } from '../operations/hash.ts'
import { type Location, locationIn, locationOf } from '../operations/location.ts'
import { record } from '../operations/op.ts'
import type { Operation } from '../operations/operation.ts'
import type { Statement, StepItem } from '../operations/statement.ts'
import type { Step } from '../revisions/plan.ts'
import type { ScannedRevision } from '../revisions/revision.ts'
import { loadScript, type Script } from '../scripts/load-script.ts'
import type { LedgerEntry } from './ledger.ts'
import { namingOf, type ScriptContext } from './script-context.ts'

/** A step of a plan with everything it will do, known before anything runs. */
export interface RecordedStep {
  readonly step: Step
  /** Absent for stamps, which run no code. */
  readonly script?: RecordedScript | undefined
  readonly items: readonly StepItem[]
}

/** The operations that a step has recorded; one that became several statements counts once. */
export function operationsOf({ items }: RecordedStep): Operation[] {
  const operations = items.map(item => ('kind' in item ? item : item.operation))
  return [...new Set(operations)].filter(operation => operation !== undefined)
}

export interface RecordedScript {
  readonly path: string
  readonly checksum: string
  readonly operationsHash: string
}

/** What the ledger keeps of a step, as a whole or of one statement in it. */
export function ledgerEntry(
  { step, script }: RecordedStep,
  part: Pick<LedgerEntry, 'step' | 'state' | 'statementHash' | 'progress'>,
): LedgerEntry {
  return {
    revision: step.revision.id,
    direction: step.direction,
    scriptChecksum: script?.checksum,
    operationsHash: script?.operationsHash,
    ...part,
  }
}

/** What a script is recorded for. */
export interface RecordOptions extends CompileOptions {
  /** What `upgrade` and `downgrade` are given beside `op`. */
  readonly context: ScriptContext
}

/**
 * Loads and records the scripts of a plan, so that a script that cannot be loaded stops nothing midway.
 * Several are loaded at once; of several that fail, the first of the plan is told of.
 */
export async function recordSteps(
  steps: readonly Step[],
  scripts: ReadonlyMap<string, ScannedRevision>,
  dialect: Dialect,
  options: RecordOptions,
): Promise<RecordedStep[]> {
  const recorded: RecordedStep[] = []
  for await (const some of recordInTurn(steps, scripts, dialect, options)) recorded.push(...some)
  return recorded
}

/** The same, giving those that are recorded as they come, in the plan's order. */
export async function* recordInTurn(
  steps: readonly Step[],
  scripts: ReadonlyMap<string, ScannedRevision>,
  dialect: Dialect,
  options: RecordOptions,
): AsyncGenerator<RecordedStep[], void> {
  for (let at = 0; at < steps.length; at += loadedAtOnce) {
    const recording = steps
      .slice(at, at + loadedAtOnce)
      .map(step => recordStep(step, scripts, dialect, options))
    await Promise.allSettled(recording)
    yield await Promise.all(recording)
  }
}

/** How many scripts are loaded together. */
export const loadedAtOnce = 32

async function recordStep(
  step: Step,
  scripts: ReadonlyMap<string, ScannedRevision>,
  dialect: Dialect,
  options: RecordOptions,
): Promise<RecordedStep> {
  if (step.direction === 'stamp') return { step, items: [] }
  const { id } = step.revision
  const scanned = scripts.get(id)
  if (!scanned) throw new LimbeckError('INTERNAL', `No script of revision ${id}.`)
  const script = await loadScript(scanned)
  const operations = recordScript(script, step.direction, options.context)
  return {
    step,
    script: {
      path: script.path,
      checksum: await script.checksum(),
      operationsHash: hashOperations(operations),
    },
    items: compileItems(operations, script, dialect, options),
  }
}

/** What one direction of a script says. */
export function recordScript(
  script: Script,
  direction: 'upgrade' | 'downgrade',
  context: ScriptContext,
): Operation[] {
  const { path } = script
  try {
    return record(op => script[direction](op, context), namingOf(context))
  } catch (error) {
    if (!(error instanceof LimbeckError)) throw error
    throw placed(error, locationIn(path, error) ?? { file: path })
  }
}

/** Statements of a script in their order, with the opaque `run` operations between them. */
function compileItems(
  operations: readonly Operation[],
  script: Script,
  dialect: Dialect,
  { serverVersion }: CompileOptions,
): StepItem[] {
  return operations.flatMap((operation): StepItem[] => {
    if (operation.kind === 'run' || operation.kind === 'backfill') return [operation]
    try {
      const statements = dialect.compile(operation, { serverVersion })
      if (!operation.autocommit) return statements
      return statements.map(statement => standingAlone(statement, dialect))
    } catch (error) {
      if (!(error instanceof LimbeckError)) throw error
      throw placed(error, locationOf(operation) ?? { file: script.path })
    }
  })
}

function standingAlone(statement: Statement, { mayBeTransaction }: Dialect): Statement {
  const isOwnTransaction = statement.transactional && mayBeTransaction?.(statement.sql)
  return { ...statement, transactional: false, isOwnTransaction }
}

/** What limbeck has to say about a script, with the place it is about. */
function placed(error: LimbeckError, { file, line, column }: ScriptPlace): LimbeckError {
  const { message, facts } = error
  if (facts.path !== undefined) return error
  const place = line === undefined ? file : `${file}:${line}:${column}`
  return amended(error, {
    message: `${place}: ${message}`,
    facts: { ...facts, path: file, line, column },
  })
}

type ScriptPlace = Pick<Location, 'file'> & Partial<Location>
