import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { throughPart } from '../files/whole-file.ts'

// On Node 20 module hooks run in a thread, which takes longer to start than all else that a short
// command does. Most configs and env.ts import nothing at once but limbeck, and stand alone: their
// JavaScript is kept under node_modules/.cache and imported from there, without hooks.

/** Kept code finds what it calls before it imports anything later under this symbol's name. */
export const hooksName = 'limbeck.registerHooks'

/** JavaScript that is imported without hooks. */
export interface Standalone {
  readonly url: string
  /** The checksum of the file that it was made from. */
  readonly checksum: string
}

/** A file's JavaScript, kept from last time or made now; undefined where it needs the hooks. */
export async function standalone(
  file: string,
  registerHooks: () => Promise<void>,
): Promise<Standalone | undefined> {
  const source = readFileSync(file, 'utf8')
  const kept = mayStandAlone(source) ? keptPath(file) : undefined
  if (kept === undefined) return undefined
  const seal = sealOf(file, source)
  const checksum = keptChecksum(kept, seal) ?? (await make(kept, seal, file, source))
  if (checksum === undefined) return undefined
  Object.assign(globalThis, { [Symbol.for(hooksName)]: registerHooks })
  return { url: pathToFileURL(kept).href, checksum }
}

/** Writes what is kept of a file, and gives its checksum; undefined where that is not possible. */
async function make(kept: string, seal: string, file: string, source: string) {
  const { standaloneCode } = await import('./standalone-code.ts')
  const made = await standaloneCode(file, source, hooksName)
  if (made === undefined) return undefined
  const { code, checksum } = made
  return keep(kept, `${code}\n// ${checksum}${seal}`) ? checksum : undefined
}

/** A first look, so that most of the others are told apart without being read properly. */
function mayStandAlone(source: string): boolean {
  return !/\bfrom\s*['"][./#]|\bimport\s*['"]|\bimport\.meta\b|\brequire\s*\(|\bclass\b/.test(
    source,
  )
}

/** Beside the packages that the file may import, so that Node finds the same ones from there. */
function keptPath(file: string): string | undefined {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const packages = join(folder, 'node_modules')
    if (!existsSync(packages)) continue
    return join(packages, '.cache', 'limbeck', `${relative(folder, file)}.mjs`)
  }
  return undefined
}

/** The file that a kept one was made from; any other path is its own. */
export function sourceOfKept(path: string): string {
  return path.replace(/node_modules[/\\]\.cache[/\\]limbeck[/\\](.+)\.mjs$/, '$1')
}

/**
 * The last line of a kept file: all that it was made from, so that it can never be out of date. The
 * path is part of it, since the code names what it imports later by its place: a copied project has
 * its own models.
 */
function sealOf(file: string, source: string): string {
  own ??= import.meta.resolve('limbeck')
  const json = JSON.stringify({ format: 2, limbeck: own, file, source })
  // The two characters that end a line for JavaScript and not for JSON.
  return `\n// ${json.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}\n`
}

/** Where limbeck is, which is asked for once: module hooks make the question slow. */
let own: string | undefined

/** The line before the seal; undefined where what is kept is of another text, or nothing is. */
function keptChecksum(kept: string, seal: string): string | undefined {
  if (!existsSync(kept)) return undefined
  const text = readFileSync(kept, 'utf8')
  if (!text.endsWith(seal)) return undefined
  const end = text.length - seal.length
  return text.slice(text.lastIndexOf('\n', end - 1) + '\n// '.length, end)
}

/** False where nothing can be written: the file system of a container may be read-only. */
function keep(kept: string, text: string): boolean {
  try {
    mkdirSync(dirname(kept), { recursive: true })
    throughPart(kept, text, part => renameSync(part, kept))
    return true
  } catch {
    return false
  }
}
