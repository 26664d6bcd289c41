import { LimbeckError } from '../errors.ts'
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
    typeof target === 'function' ? await callTarget(target as () => unknown, environment) : target
  if (value === undefined || value === null) throw noTarget(environment, config.path)
  const entries: readonly unknown[] = Array.isArray(value) ? value.flat(Infinity) : [value]
  const sources = entries.filter(isSource)
  const models = entries.filter(entry => !isSource(entry))
  return models.length === 0 ? sources : [await loadNativeSource(models), ...sources]
}

async function callTarget(target: () => unknown, { path }: Environment): Promise<unknown> {
  try {
    return await target()
  } catch (error) {
    if (error instanceof LimbeckError && error.code !== 'SCRIPT_LOAD_FAILED') throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new LimbeckError('TARGET_UNREADABLE', `The target cannot be loaded: ${reason}`, {
      facts: { ...(error instanceof LimbeckError ? error.facts : {}), path },
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

function noTarget({ path }: Environment, config: string): LimbeckError {
  return new LimbeckError(
    'TARGET_MISSING',
    `There is nothing to compare with: neither ${path ?? 'env.ts'} nor ${config} names a target.`,
    {
      facts: { environment: path, config },
      hint: "Write `export const target = () => import('../src/models/index.ts')` in env.ts, or `sqlFiles('schema.sql')`.",
    },
  )
}
