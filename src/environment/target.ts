import { join } from 'node:path'
import { whatIs } from '../declarations/declaration.ts'
import { LimbeckError } from '../errors.ts'
import { placedError } from '../scripts/error-place.ts'
import { loadNativeSource } from '../sources/load-source.ts'
import type { SchemaSource } from '../sources/source.ts'
import type { Environment } from './environment.ts'
import type { Project } from './project.ts'

/**
 * The sources that say what the schema should be. `target` is a source, models, a list of either,
 * or a function that gives one of these (now or as a promise): it is called only to compare.
 */
export async function loadTarget(
  environment: Environment,
  { config }: Project,
): Promise<readonly SchemaSource[]> {
  const { target } = environment
  const value =
    typeof target === 'function'
      ? await callTarget(target as () => unknown, environment, config.path)
      : target
  if (value === undefined || value === null) throw noTarget(environment, config)
  const entries: readonly unknown[] = Array.isArray(value) ? value.flat(Infinity) : [value]
  const stranger = entries.findIndex(entry => typeof entry !== 'object' || entry === null)
  if (entries.length === 0) throw nothingSaid('an empty list')
  if (stranger >= 0) throw nothingSaid(whatIs(entries[stranger]))
  const sources = entries.filter(isSource)
  const models = entries.filter(entry => !isSource(entry))
  if (models.length === 0) return sources
  return [await loadNativeSource(models.length === 1 ? models[0] : models), ...sources]
}

/** A target that is there, and neither models nor a source. */
function nothingSaid(what: string): LimbeckError {
  return new LimbeckError('TARGET_EMPTY', `The target declares nothing: it is ${what}.`, {
    hint: "It should be `() => import('../src/models.ts')`, what `table(…)` returns, or `sqlFiles('schema.sql')`.",
  })
}

async function callTarget(
  target: () => unknown,
  { path }: Environment,
  config: string,
): Promise<unknown> {
  try {
    return await target()
  } catch (error) {
    const placed = placedError('SCRIPT_LOAD_FAILED', path ?? config, error) as LimbeckError
    if (placed.code !== 'SCRIPT_LOAD_FAILED') throw placed
    throw new LimbeckError('TARGET_UNREADABLE', `The target cannot be loaded: ${placed.message}`, {
      facts: placed.facts,
      hint: `Correct what \`target\` in ${path ?? 'the config'} loads; \`--trace\` shows where it failed.`,
      cause: error,
    })
  }
}

function isSource(value: unknown): value is SchemaSource {
  return (
    typeof value === 'object' &&
    value !== null &&
    'load' in value &&
    typeof value.load === 'function' &&
    'name' in value &&
    typeof value.name === 'string'
  )
}

function noTarget({ path }: Environment, config: Project['config']): LimbeckError {
  const places =
    path === undefined
      ? `there is no ${join(config.scriptLocation, 'env.ts')}, and ${config.path} names no target`
      : `neither ${path} nor ${config.path} names a target`
  return new LimbeckError('TARGET_MISSING', `There is nothing to compare with: ${places}.`, {
    facts: { environment: path, config: config.path },
    hint: "Write `export const target = () => import('../src/models/index.ts')` in env.ts, or `sqlFiles('schema.sql')`.",
  })
}
