import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { LimbeckError } from '../errors.ts'
import { unwritable } from './unwritable.ts'
import { createWhole } from './whole-file.ts'

/** Writes a file that is not there yet, and the folders around it: whole, or not at all. */
export function writeNewFile(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true })
    createWhole(path, text)
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException
    const isTaken = code === 'EEXIST' && syscall !== 'mkdir'
    throw isTaken ? fileExistsError(path) : unwritable(path, error)
  }
}

/** A new file would take the place of another. */
export function fileExistsError(path: string): LimbeckError {
  return new LimbeckError('FILE_EXISTS', `The file ${path} is there already.`, {
    facts: { path },
    hint: 'Nothing was written. Move the file, or choose another message or id.',
  })
}
