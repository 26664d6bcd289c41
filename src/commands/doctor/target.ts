import { readFileSync } from 'node:fs'
import type { Verdict } from '../../dialects/health.ts'
import type { Environment } from '../../environment/environment.ts'
import type { Project } from '../../environment/project.ts'
import type { Scripts } from '../../environment/scripts.ts'
import { loadTarget } from '../../environment/target.ts'
import { LimbeckError } from '../../errors.ts'
import { requirementsOf } from '../../scratch/requirements.ts'
import { listed } from '../../text/sentences.ts'
import { problemOf } from './findings.ts'

/** What the target says, as far as the checks of a database ask. */
export interface LoadedTarget {
  readonly verdict: Verdict
  /** The extensions that it needs. */
  readonly extensions: readonly string[]
}

/** Loads the target as a comparison does. */
export async function loadedTarget(
  environment: Environment,
  project: Project,
): Promise<LoadedTarget> {
  try {
    const { config } = project
    const { directory, namingConvention, dialect } = config
    const sources = await loadTarget(environment, project)
    const contents = await Promise.all(
      sources.map(source => source.load({ dialect, directory, namingConvention })),
    )
    const names = [...new Set(sources.map(({ name }) => name))]
    return {
      verdict: { status: 'ok', message: `It loads: ${listed(names)}.` },
      extensions: requirementsOf(contents).extensions,
    }
  } catch (error) {
    return { verdict: verdictOf(error), extensions: [] }
  }
}

/** Who writes every revision by hand needs no target. */
function verdictOf(error: unknown): Verdict {
  const isAbsent = error instanceof LimbeckError && error.code === 'TARGET_MISSING'
  return { ...problemOf(error), status: isAbsent ? 'note' : 'problem' }
}

/** The extensions that scripts create, as far as their text says so plainly. */
export function extensionsOf({ byId }: Scripts): string[] {
  const texts = [...byId.values()].map(({ path }) => readFileSync(path, 'utf8'))
  return texts.flatMap(text => [...text.matchAll(creation)].map(match => match[1]!))
}

const creation = /\bop\.createExtension\(\s*['"`]([\w-]+)['"`]/g
