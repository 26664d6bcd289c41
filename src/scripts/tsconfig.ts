import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, isAbsolute, join, resolve } from 'node:path'

/** What limbeck heeds of a tsconfig's `compilerOptions`. */
export interface CompilerOptions {
  readonly paths?: unknown
  readonly baseUrl?: unknown
  readonly experimentalDecorators?: boolean
  readonly emitDecoratorMetadata?: boolean
  readonly useDefineForClassFields?: boolean
  readonly target?: string
}

interface Tsconfig {
  readonly extends?: string | readonly string[]
  readonly references?: readonly unknown[]
  readonly compilerOptions?: CompilerOptions
}

/** The options that apply in a folder, and whether other names than Node's may be resolvable there. */
export interface FolderOptions {
  readonly options: CompilerOptions
  readonly mapsPaths: boolean
}

const byFolder = new Map<string, FolderOptions>()

/** Reads the nearest tsconfig.json at or above a folder. */
export function compilerOptionsIn(folder: string): FolderOptions {
  const known = byFolder.get(folder)
  if (known) return known
  const path = join(folder, 'tsconfig.json')
  const parent = dirname(folder)
  const found = existsSync(path)
    ? readFolder(path)
    : parent === folder
      ? { options: {}, mapsPaths: false }
      : compilerOptionsIn(parent)
  byFolder.set(folder, found)
  return found
}

function readFolder(path: string): FolderOptions {
  const { references = [] } = readJson(path)
  const options = inherit(path, new Set())
  const mapsPaths = [options.paths, options.baseUrl, references[0]].some(Boolean)
  return { options, mapsPaths }
}

/** A file's own options over those it extends; later ones over earlier ones. */
function inherit(path: string, seen: Set<string>): CompilerOptions {
  if (seen.has(path)) return {}
  seen.add(path)
  const { compilerOptions, extends: bases = [] } = readJson(path)
  const inherited = [bases]
    .flat()
    .map(base => resolveBase(base, path))
    .map(base => (base === undefined ? {} : inherit(base, seen)))
  return Object.assign({}, ...inherited, compilerOptions)
}

function resolveBase(base: string, from: string): string | undefined {
  const isPath = base.startsWith('.') || isAbsolute(base)
  const candidates = [base, `${base}.json`, join(base, 'tsconfig.json')]
  if (isPath) {
    return candidates
      .map(candidate => resolve(dirname(from), candidate))
      .find(candidate => candidate.endsWith('.json') && existsSync(candidate))
  }
  const require = createRequire(from)
  return candidates.map(candidate => tryResolve(require, candidate)).find(Boolean)
}

function tryResolve(require: NodeJS.Require, name: string): string | undefined {
  try {
    const path = require.resolve(name)
    return path.endsWith('.json') ? path : undefined
  } catch {
    return undefined
  }
}

/** tsconfig.json is JSON with comments and trailing commas. What cannot be read says nothing. */
function readJson(path: string): Tsconfig {
  const marks = /("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\/|,(?=\s*[}\]])/g
  try {
    const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
    const plain = text.replace(marks, (_, string: string | undefined) => string ?? '')
    return JSON.parse(plain.replace(marks, (_, string: string | undefined) => string ?? ''))
  } catch {
    return {}
  }
}
