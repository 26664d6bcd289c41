import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { withoutNoise } from '../support/pg-dump.ts'

/** A set of pairs, taken in order, as the life of one schema. */
export interface History {
  /** The folder's. */
  readonly name: string
  readonly steps: readonly HistoryStep[]
  /** The extensions that it uses at some time. */
  readonly extensions: readonly string[]
}

/** What one revision shall lead to. */
export interface HistoryStep {
  /** `012`, or `012 before` where a pair does not start from what the one before it has led to. */
  readonly name: string
  /** The file with the whole schema. */
  readonly schema: string
  /** What the pair runs first (roles, mostly). */
  readonly setup: readonly string[]
}

/** Reads `NNN-after.sql`, and `NNN-before.sql`, `NNN-setup.sql` and `NNN.pre.sql` where they are there. */
export function findHistory(folder: string): History {
  const path = resolve(folder)
  const names = readdirSync(path)
    .flatMap(file => /^(.*)-after\.sql$/.exec(file)?.[1] ?? [])
    .sort()
  const steps: HistoryStep[] = []
  let reached = ''
  for (const name of names) {
    const [before, after] = [join(path, `${name}-before.sql`), join(path, `${name}-after.sql`)]
    const setup = [`${name}.pre.sql`, `${name}-setup.sql`]
      .map(file => join(path, file))
      .filter(file => existsSync(file))
    if (existsSync(before) && statements(before) !== reached)
      steps.push({ name: `${name} before`, schema: before, setup })
    steps.push({ name, schema: after, setup })
    reached = statements(after)
  }
  return { name: basename(path), steps, extensions: [...new Set(steps.flatMap(extensionsOf))] }
}

function extensionsOf({ schema }: HistoryStep): string[] {
  const found = readFileSync(schema, 'utf8').matchAll(
    /^CREATE EXTENSION (?:IF NOT EXISTS )?(\S+)/gm,
  )
  return [...found].map(([, name]) => name!.replace(/[";]/g, ''))
}

/** What a dump makes, without its comments and settings: nothing, for an empty database. */
function statements(path: string): string {
  return withoutNoise(readFileSync(path, 'utf8')).replace(
    /^(--.*|SET .*|SELECT pg_catalog.*|)\n/gm,
    '',
  )
}
