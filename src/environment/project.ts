import { dirname } from 'node:path'
import type { LogConfig } from '../config/config.ts'
import { findConfig } from '../config/find.ts'
import { loadConfig } from '../config/load.ts'
import { overriddenLog, type ResolvedConfig } from '../config/resolved-config.ts'
import { loadDotEnv } from '../credentials/dot-env.ts'
import type { Report } from '../runtime/events.ts'
import { importModule } from '../scripts/import-module.ts'

/** What every command is told: where the project is, and what overrides its config. */
export interface ProjectInput {
  /** Where the config is looked for; the process's folder by default. */
  readonly cwd?: string | undefined
  /** The config file (`-c`). */
  readonly config?: string | undefined
  /** The entry of the config's `databases` (`-n`). */
  readonly name?: string | undefined
  /** The database (`--url`): wins over every other place. */
  readonly url?: string | undefined
  /** The user's own arguments (`-x`), each `key=value`. */
  readonly x?: readonly string[] | undefined
  /** Whatever a program has to tell `env.ts`, which finds it in `context.config.attributes`. */
  readonly attributes?: Record<string, unknown> | undefined
  /** Variables in place of the process's own; those of `.env` are added to them. */
  readonly env?: Record<string, string | undefined> | undefined
  /** What is said of it, and in which form; wins over the config and over `context.configure`. */
  readonly log?: LogConfig | undefined
  /** Is told what happens while the command works. */
  readonly report?: Report | undefined
  /** `report` is told of statements also where they are not to be shown: `isShown` says. */
  readonly hearsStatements?: boolean | undefined
}

/** A project that has been found: its config, and what the caller overrides. */
export interface Project {
  readonly config: ResolvedConfig
  readonly url: string | undefined
  readonly x: readonly string[]
  readonly attributes: Record<string, unknown>
  readonly env: NodeJS.ProcessEnv
  /** The level of the log was said where nothing in the project overrides it. */
  readonly isLevelGiven: boolean
  readonly hearsStatements: boolean
  readonly report: Report
}

/** Finds and reads a project's config; `.env` beside it or in the current folder is read first. */
export async function openProject(input: ProjectInput = {}): Promise<Project> {
  const { cwd = process.cwd(), env = process.env, url, x = [], report = () => {} } = input
  const { attributes = {} } = input
  const path = findConfig({ cwd, path: input.config, env })
  for (const folder of new Set([dirname(path), cwd])) loadDotEnv(folder, env)
  const loaded = await loadConfig({ path, name: input.name, url, cwd, importModule })
  const config = { ...loaded, log: overriddenLog(loaded.log, input.log ?? {}) }
  const { sql, ...log } = config.log
  report({ type: 'log', ...log })
  for (const message of config.warnings) report({ type: 'warning', message })
  const isLevelGiven = input.log?.level !== undefined
  const { hearsStatements = false } = input
  return { config, url, x, attributes, env, isLevelGiven, hearsStatements, report }
}
