import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Engine, loadEngine } from './embedded-engine.ts'

export interface SnapshotOptions {
  /** Where the snapshot is kept for the next process; absent: only in this one. */
  readonly cacheDirectory?: string | undefined
  /** Is told what takes time, in a few words. */
  readonly onProgress?: ((message: string) => void) | undefined
}

let snapshot: Promise<Blob> | undefined

/**
 * The files of an empty database as an archive. Making them (initdb, in WebAssembly) takes seconds,
 * unpacking them a fraction of one, so they are made once for each version of the package.
 */
export function emptyDatabase(options: SnapshotOptions): Promise<Blob> {
  snapshot ??= findOrMake(options).catch(error => {
    snapshot = undefined
    throw error
  })
  return snapshot
}

/** Forgets a snapshot that no database could be made from; whether there was one to forget. */
export async function forgetSnapshot({ cacheDirectory }: SnapshotOptions): Promise<boolean> {
  snapshot = undefined
  if (cacheDirectory === undefined) return false
  const path = pathIn(cacheDirectory, await loadEngine())
  return rm(path).then(
    () => true,
    () => false,
  )
}

async function findOrMake({ cacheDirectory, onProgress }: SnapshotOptions): Promise<Blob> {
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
  onProgress: SnapshotOptions['onProgress'],
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
  const draft = `${path}.${randomUUID()}`
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(draft, Buffer.from(await blob.arrayBuffer()))
    await rename(draft, path)
  } catch {
    await rm(draft, { force: true }).catch(() => undefined)
  }
}
