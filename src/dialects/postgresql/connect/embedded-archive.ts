import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Engine, loadEngine } from './embedded-engine.ts'

export interface ArchiveOptions {
  /** Where the archive is kept for the next process; absent: only in this one. */
  readonly cacheDirectory?: string | undefined
  /** Is told what takes time, in a few words. */
  readonly onProgress?: ((message: string) => void) | undefined
}

let archive: Promise<Blob> | undefined

/**
 * The files of an empty database as an archive. Making them (initdb, in WebAssembly) takes seconds,
 * unpacking them a fraction of one, so they are made once for each version of the package.
 */
export function emptyDatabase(options: ArchiveOptions): Promise<Blob> {
  archive ??= findOrMake(options).catch(error => {
    archive = undefined
    throw error
  })
  return archive
}

/** Forgets an archive that no database could be made from; whether there was one to forget. */
export async function forgetArchive({ cacheDirectory }: ArchiveOptions): Promise<boolean> {
  archive = undefined
  if (cacheDirectory === undefined) return false
  const path = pathIn(cacheDirectory, await loadEngine())
  return rm(path).then(
    () => true,
    () => false,
  )
}

async function findOrMake({ cacheDirectory, onProgress }: ArchiveOptions): Promise<Blob> {
  const engine = await loadEngine()
  if (cacheDirectory === undefined) return make(engine, onProgress)
  const path = pathIn(cacheDirectory, engine)
  const found = await readFile(path).catch(() => undefined)
  if (found !== undefined) return new Blob([found])
  const made = await make(engine, onProgress)
  await keep(path, made)
  return made
}

const pathIn = (cacheDirectory: string, { version }: Engine): string =>
  join(cacheDirectory, `postgresql-${version}.tar`)

async function make(
  { PGlite, shared }: Engine,
  onProgress: ArchiveOptions['onProgress'],
): Promise<Blob> {
  onProgress?.('creating the embedded PostgreSQL (first time, about 3 s)')
  const database = await PGlite.create(shared)
  try {
    return await database.dumpDataDir('none')
  } finally {
    await database.close()
  }
}

/** A cache that cannot be written costs time, not the command. */
async function keep(path: string, blob: Blob): Promise<void> {
  const part = `${path}.${randomUUID()}`
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(part, Buffer.from(await blob.arrayBuffer()))
    await rename(part, path)
  } catch {
    await rm(part, { force: true }).catch(() => undefined)
  }
}
