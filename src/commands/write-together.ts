import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { LimbeckError } from '../errors.ts'

/** A file to write, or with no content a folder to make. */
export interface FileToWrite {
  readonly path: string
  readonly content?: string | undefined
}

type Undo = () => void

/** Writes files so that each is whole, and all are there or none: a failure takes back the others. */
export function writeTogether(files: readonly FileToWrite[]): void {
  const undos: Undo[] = []
  try {
    for (const file of files) write(file, undos)
  } catch (error) {
    for (const undo of undos.reverse()) undo()
    throw unwritable(error)
  }
}

function write({ path, content }: FileToWrite, undos: Undo[]): void {
  makeFolder(content === undefined ? path : dirname(path), undos)
  if (content === undefined) return
  const before = contentOf(path)
  const part = `${path}.${process.pid}.part`
  undos.push(() => rmSync(part, { force: true }))
  writeFileSync(part, content)
  renameSync(part, path)
  undos.push(() => (before === undefined ? rmSync(path) : writeFileSync(path, before)))
}

function makeFolder(path: string, undos: Undo[]): void {
  const topmost = mkdirSync(path, { recursive: true })
  if (topmost !== undefined) undos.push(() => rmSync(topmost, { recursive: true, force: true }))
}

/** A file's text; undefined where there is none. */
export function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function unwritable(error: unknown): LimbeckError {
  const { path, message } = error as NodeJS.ErrnoException
  return new LimbeckError('FILE_UNWRITABLE', `${path ?? 'A file'} cannot be written: ${message}.`, {
    facts: { path },
    hint: 'Nothing was written. Check the rights to the folder and the space on the disk.',
    cause: error,
  })
}
