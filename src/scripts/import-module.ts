import { statSync } from 'node:fs'
import module from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { LimbeckError } from '../errors.ts'
import { placedError } from './error-place.ts'
import { type Standalone, standalone } from './standalone.ts'

/** What a module exports. */
export type Exports = Readonly<Record<string, unknown>>

export interface ImportOptions {
  /** The file stays as it is, so that its JavaScript is worth keeping on disk; so by default. */
  readonly keep?: boolean | undefined
}

/** A module of the project. */
export interface Imported {
  readonly exports: Exports
  /** The file's checksum, where it was known already. */
  readonly checksum?: string | undefined
}

/** Imports a TypeScript or JavaScript file of the project; again where it has changed since. */
export async function importModule(path: string, options?: ImportOptions): Promise<Exports> {
  return (await importFile(path, options)).exports
}

/** The same, with what importing has shown of the file. */
export async function importFile(path: string, options: ImportOptions = {}): Promise<Imported> {
  const file = resolve(path)
  const version = versionOf(file)
  try {
    const { url, checksum } = await importable(file, options.keep ?? true)
    const exports = await import(version === 0 ? url : `${url}?${version}`)
    return { exports, checksum }
  } catch (error) {
    throw placedError('SCRIPT_LOAD_FAILED', file, error)
  }
}

// Newer than the oldest Node, and than its types.
const { registerHooks } = module as typeof module & { registerHooks?: (hooks: Exports) => void }

/** Run from its own sources, limbeck is loaded by something that understands TypeScript. */
const isFromSource = import.meta.url.endsWith('.ts')

let registered: Promise<void> | undefined

/** A URL that `import` understands from here on, with the lines of the source in stack traces. */
async function importable(
  file: string,
  keep: boolean,
): Promise<Pick<Standalone, 'url'> & Partial<Standalone>> {
  if (!isFromSource) {
    process.setSourceMapsEnabled(true)
    const isSlow = !registerHooks && !registered
    const kept = keep && isSlow ? await standalone(file, understandTypeScript) : undefined
    if (kept !== undefined) return kept
    await understandTypeScript()
  }
  return { url: pathToFileURL(file).href }
}

function understandTypeScript(): Promise<void> {
  registered ??= register()
  return registered
}

async function register(): Promise<void> {
  const hooks = new URL('./load-hooks.js', import.meta.url)
  if (registerHooks) registerHooks((await import(hooks.href)) as Exports)
  else module.register(hooks)
}

interface Version {
  readonly changedAt: number
  readonly number: number
}

const versions = new Map<string, Version>()

/** Node imports a URL once: a file that has changed needs another one. */
function versionOf(file: string): number {
  const changedAt = statSync(file, { throwIfNoEntry: false })?.mtimeMs
  if (changedAt === undefined) throw missingError(file)
  const last = versions.get(file) ?? { changedAt, number: 0 }
  const number = last.changedAt === changedAt ? last.number : last.number + 1
  versions.set(file, { changedAt, number })
  return number
}

function missingError(path: string): LimbeckError {
  return new LimbeckError('SCRIPT_LOAD_FAILED', `There is no file ${path}.`, {
    facts: { path },
    hint: 'Check the path.',
  })
}
