import { statSync } from 'node:fs'
import module from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { LimbeckError } from '../errors.ts'
import { placeOf } from './error-place.ts'

/** What a module exports. */
export type Exports = Readonly<Record<string, unknown>>

/** Imports a TypeScript or JavaScript file of the project; again where it has changed since. */
export async function importModule(path: string): Promise<Exports> {
  const file = resolve(path)
  const url = urlOf(file)
  try {
    await understandTypeScript()
    return (await import(url)) as Exports
  } catch (error) {
    throw loadError(file, error)
  }
}

interface Version {
  readonly changedAt: number
  readonly number: number
}

const versions = new Map<string, Version>()

/** Node imports a URL once: a file that has changed needs another one. */
function urlOf(file: string): string {
  const changedAt = statSync(file, { throwIfNoEntry: false })?.mtimeMs
  if (changedAt === undefined) throw missingError(file)
  const last = versions.get(file) ?? { changedAt, number: 0 }
  const number = last.changedAt === changedAt ? last.number : last.number + 1
  versions.set(file, { changedAt, number })
  const url = pathToFileURL(file).href
  return number === 0 ? url : `${url}?${number}`
}

let understood: Promise<void> | undefined

/** Lets `import` read TypeScript from here on, with the lines of the source in stack traces. */
function understandTypeScript(): Promise<void> {
  understood ??= registerHooks()
  return understood
}

async function registerHooks(): Promise<void> {
  // Run from its own sources, limbeck is loaded by something that understands TypeScript.
  if (import.meta.url.endsWith('.ts')) return
  process.setSourceMapsEnabled(true)
  const hooks = new URL('./load-hooks.js', import.meta.url)
  // Newer than the oldest Node, and than its types.
  const { registerHooks } = module as typeof module & {
    registerHooks?: (hooks: Exports) => void
  }
  if (registerHooks) registerHooks((await import(hooks.href)) as Exports)
  else module.register(hooks)
}

/** What the user's own code threw, with the place; an error of limbeck's inside it stays as it is. */
function loadError(file: string, error: unknown): unknown {
  if (error instanceof LimbeckError) return error
  const { path = file, line, column, reason } = placeOf(error)
  const place = line === undefined ? `${path}:` : `${path}:${line}:${column}:`
  return new LimbeckError('SCRIPT_LOAD_FAILED', `${place} ${reason}`, {
    facts: { path, line, column, reason },
    hint: 'Correct the file; `--trace` shows where it failed.',
    cause: error,
  })
}

function missingError(path: string): LimbeckError {
  return new LimbeckError('SCRIPT_LOAD_FAILED', `There is no file ${path}.`, {
    facts: { path },
    hint: 'Check the path.',
  })
}
