import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { unlessInterrupted } from '../dialects/interruption.ts'
import { LimbeckError } from '../errors.ts'
import type { MigrationContext } from '../runtime/migration-context.ts'
import { placedError } from '../scripts/error-place.ts'
import { importModule } from '../scripts/import-module.ts'
import { nearest } from '../text/nearest.ts'
import type { Project } from './project.ts'

/** The user's `env.ts`: how to connect, and what the schema should be. */
export interface Environment {
  /** The file; absent where the defaults apply. */
  readonly path: string | undefined
  readonly target: unknown
  runMigrationsOnline(context: MigrationContext): Promise<void>
  runMigrationsOffline(context: MigrationContext): Promise<void>
}

/** What code of env.ts threw, with its place. */
export function environmentError({ path }: Pick<Environment, 'path'>, thrown: unknown): unknown {
  return path === undefined ? thrown : placedError('ENVIRONMENT_FAILED', path, thrown)
}

const extensions = ['ts', 'mts', 'js', 'mjs']

/** Loads the script directory's `env.ts`; without one the defaults connect and run. */
export async function loadEnvironment({ config, signal }: Project): Promise<Environment> {
  const path = extensions
    .map(extension => join(config.scriptLocation, `env.${extension}`))
    .find(candidate => existsSync(candidate))
  if (path === undefined) return { path, target: config.target, ...defaults }
  const exports = await unlessInterrupted(signal, importModule(path))
  assertNoMisnamed(exports, path)
  return {
    path,
    target: exports.target ?? config.target,
    runMigrationsOnline: functionOf(exports, 'runMigrationsOnline', path),
    runMigrationsOffline: functionOf(exports, 'runMigrationsOffline', path),
  }
}

const defaults = { runMigrationsOnline: runMigrations, runMigrationsOffline: runMigrations }

async function runMigrations(context: MigrationContext): Promise<void> {
  await context.runMigrations()
}

/** A function under a name that is only near would be passed over, and the config's database moved instead. */
function assertNoMisnamed(exports: Readonly<Record<string, unknown>>, path: string): void {
  const missing = Object.keys(defaults).filter(name => !(name in exports))
  for (const [name, value] of Object.entries(exports)) {
    const meant = name in defaults ? undefined : nearest(name, missing)
    if (meant === undefined || typeof value !== 'function') continue
    throw new LimbeckError('ENVIRONMENT_INVALID', `${path} exports ${name}, which is not called.`, {
      facts: { path, export: name },
      hint: `Did you mean ${meant}?`,
    })
  }
}

function functionOf(
  exports: Readonly<Record<string, unknown>>,
  name: keyof typeof defaults,
  path: string,
): Environment[typeof name] {
  const value = exports[name]
  if (value === undefined) return defaults[name]
  if (typeof value === 'function') return value as Environment[typeof name]
  throw new LimbeckError('ENVIRONMENT_INVALID', `${name} in ${path} is not a function.`, {
    facts: { path, export: name },
    hint: `Write \`export async function ${name}(context: MigrationContext) { … }\`, or leave it out.`,
  })
}
