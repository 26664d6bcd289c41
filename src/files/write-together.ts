import { mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { contentOf } from './content.ts'
import { unwritable } from './unwritable.ts'
import { createWhole, replaceWhole } from './whole-file.ts'

/** A file to write, or with no content a folder to make. */
export interface FileToWrite {
  readonly path: string
  readonly content?: string | undefined
}

type Undo = () => void

/** Writes files so that each is whole, and all are there or none: a failure takes back the others. */
export function writeTogether(files: readonly FileToWrite[]): void {
  const undos: Undo[] = []
  for (const file of files) {
    try {
      write(file, undos)
    } catch (error) {
      for (const undo of undos.reverse()) undo()
      throw unwritable(file.path, error)
    }
  }
}

function write({ path, content }: FileToWrite, undos: Undo[]): void {
  makeFolder(content === undefined ? path : dirname(path), undos)
  if (content === undefined) return
  const before = contentOf(path)
  if (before === undefined) {
    createWhole(path, content)
    undos.push(() => rmSync(path))
  } else {
    replaceWhole(path, content)
    undos.push(() => replaceWhole(path, before))
  }
}

function makeFolder(path: string, undos: Undo[]): void {
  const topmost = mkdirSync(path, { recursive: true })
  if (topmost !== undefined) undos.push(() => rmSync(topmost, { recursive: true, force: true }))
}
