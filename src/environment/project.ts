import { dirname, resolve } from 'node:path'
import type { Config, LogConfig } from '../config/config.ts'
import { findConfig } from '../config/find.ts'
import { loadConfig, resolveGiven } from '../config/load.ts'
import { overriddenLog, type ResolvedConfig } from '../config/resolved-config.ts'
import { loadDotEnv } from '../credentials/dot-env.ts'
import { unlessInterrupted } from '../dialects/interruption.ts'
import { LimbeckError } from '../errors.ts'
import type { Report } from '../runtime/events.ts'
import { importModule } from '../scripts/import-module.ts'
import { expectGiven, type GivenConnection } from './given-connection.ts'

/** What every command is told: where the project is, and what overrides its config. */
export interface ProjectInput extends GivenConnection {
  /** Where the config is looked for, and paths start that are given here; the process's folder by default. */
  readonly cwd?: string | undefined
  /** The config file (`-c`), or what one would export: then none is looked for. */
  readonly config?: string | Config | undefined
  /** The script directory: all that there is to say in place of a config. */
  readonly scriptLocation?: string | undefined
  /** The entry of the config's `databases` (`-n`). */
  readonly name?: string | undefined
  /** The database (`--url`): wins over every other place. With `connection` or `pool`: where that leads. */
  readonly url?: string | undefined
  /** The user's own arguments (`-x`), each `key=value`. */
  readonly x?: readonly string[] | undefined
  /** Whatever a program has to tell `env.ts`, which finds it in `context.config.attributes`. */
  readonly attributes?: Record<string, unknown> | undefined
  /** Variables in place of a copy of the process's own; those of `.env` are added to them. */
  readonly env?: Record<string, string | undefined> | undefined
  /** What is said of it, and in which form; wins over the config and over `context.configure`. */
  readonly log?: LogConfig | undefined
  /** Is told what happens while the command works. */
  readonly report?: Report | undefined
  /** `report` is told of statements also where they are not to be shown: `isShown` says. */
  readonly hearsStatements?: boolean | undefined
  /** Ends the command at a safe place, with the error `INTERRUPTED` that says where. */
  readonly signal?: AbortSignal | undefined
}

/** A project that has been found: its config, and what the caller overrides. */
export interface Project {
  readonly config: ResolvedConfig
  readonly url: string | undefined
  /** What the application has given in place of a URL. */
  readonly given: GivenConnection
  readonly x: readonly string[]
  readonly attributes: Record<string, unknown>
  readonly env: NodeJS.ProcessEnv
  /** The level of the log was said where nothing in the project overrides it. */
  readonly isLevelGiven: boolean
  readonly hearsStatements: boolean
  readonly report: Report
  readonly signal: AbortSignal | undefined
}

/** Finds and reads a project's config; `.env` beside it or in the current folder is read first. */
export async function openProject(input: ProjectInput = {}): Promise<Project> {
  // What `.env` says is for the command: the variables of the application stay as they are.
  const { cwd = process.cwd(), env = { ...process.env }, url, x = [], report = () => {} } = input
  const { attributes = {}, connection, pool, signal } = input
  const given = { connection, pool }
  expectGiven(given)
  const read = await readConfig(input, cwd, env)
  const config = { ...read, log: overriddenLog(read.log, input.log ?? {}) }
  const { sql, ...log } = config.log
  report({ type: 'log', ...log })
  for (const message of config.warnings) report({ type: 'warning', message })
  const isLevelGiven = input.log?.level !== undefined
  const { hearsStatements = false } = input
  const common = { config, url, given, x, attributes, env, report, signal }
  return { ...common, isLevelGiven, hearsStatements }
}

/** The config that was given, or that of the file. */
async function readConfig(
  input: ProjectInput,
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<ResolvedConfig> {
  const { name, url, signal } = input
  const config = givenConfig(input)
  if (typeof config === 'object') {
    loadDotEnv(cwd, env)
    return resolveGiven(config, { directory: resolve(cwd), name, url })
  }
  const path = findConfig({ cwd, path: config, env })
  for (const folder of new Set([dirname(path), cwd])) loadDotEnv(folder, env)
  return unlessInterrupted(signal, loadConfig({ path, name, url, cwd, importModule }))
}

function givenConfig({ config, scriptLocation }: ProjectInput): string | Config | undefined {
  if (scriptLocation === undefined) return config
  if (config === undefined) return { scriptLocation }
  throw new LimbeckError(
    'USAGE',
    '`scriptLocation` stands in place of `config`; both were given.',
    {
      hint: 'Say it in the config.',
    },
  )
}
