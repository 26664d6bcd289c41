import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { PGlite, PGliteOptions } from '@electric-sql/pglite'
import { importDriver } from './driver.ts'

/** The npm package that holds an embedded PostgreSQL. */
const enginePackage = '@electric-sql/pglite'

/** An embedded PostgreSQL as installed, ready to make databases. */
export interface Engine {
  readonly PGlite: typeof PGlite
  /** The package's version; a data directory made by another one is not trusted. */
  readonly version: string
  /** What all databases of one process share: compiling and unpacking happen once. */
  readonly shared: Pick<PGliteOptions, 'pgliteWasmModule' | 'fsBundle'>
  /** The extensions that come with the package, by the name of their archive. */
  readonly extensions: Readonly<Record<string, URL>>
}

let engine: Promise<Engine> | undefined

/** Loads the package once in a process. */
export function loadEngine(): Promise<Engine> {
  engine ??= load()
  return engine
}

async function load(): Promise<Engine> {
  const { PGlite } = await importDriver(enginePackage, () => import('@electric-sql/pglite'))
  const folder = dirname(createRequire(import.meta.url).resolve(enginePackage))
  const { version } = JSON.parse(readFileSync(join(folder, '..', 'package.json'), 'utf8'))
  return { PGlite, version, shared: await sharedParts(folder), extensions: archives(folder) }
}

/** A version of the package that lays its files out otherwise loads them itself. */
async function sharedParts(folder: string): Promise<Engine['shared']> {
  const [wasm, files] = [join(folder, 'pglite.wasm'), join(folder, 'pglite.data')]
  if (!existsSync(wasm) || !existsSync(files)) return {}
  return {
    pgliteWasmModule: await compileWasm(await readFile(wasm)),
    fsBundle: new Blob([await readFile(files)]),
  }
}

/** Node has `WebAssembly`; the types of Node 20 do not. */
function compileWasm(code: Uint8Array): Promise<PGliteOptions['pgliteWasmModule']> {
  const { WebAssembly } = globalThis as unknown as {
    readonly WebAssembly: { compile(code: Uint8Array): Promise<PGliteOptions['pgliteWasmModule']> }
  }
  return WebAssembly.compile(code)
}

function archives(folder: string): Record<string, URL> {
  const names = readdirSync(folder).filter(name => name.endsWith('.tar.gz'))
  return Object.fromEntries(
    names.map(name => [name.slice(0, -'.tar.gz'.length), pathToFileURL(join(folder, name))]),
  )
}
