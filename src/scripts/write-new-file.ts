import { constants, copyFileSync, linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { LimbeckError } from '../errors.ts'

/** Writes a file that is not there yet: whole, or not at all. */
export function writeNewFile(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeWhole(path, text)
  } catch (error) {
    throw writeError(path, error as NodeJS.ErrnoException)
  }
}

function writeWhole(path: string, text: string): void {
  const part = `${path}.${process.pid}.part`
  try {
    writeFileSync(part, text)
    publish(part, path)
  } finally {
    rmSync(part, { force: true })
  }
}

/** Gives a finished file its name. Unlike a rename, a link fails where the name is taken. */
function publish(part: string, path: string): void {
  try {
    linkSync(part, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error
    // A file system without links: the copy is not atomic, and still refuses a name that is taken.
    copyFileSync(part, path, constants.COPYFILE_EXCL)
  }
}

function writeError(path: string, error: NodeJS.ErrnoException): LimbeckError {
  if (error.code === 'EEXIST' && error.syscall !== 'mkdir') {
    return fileExistsError(path)
  }
  return new LimbeckError('FILE_UNWRITABLE', `${path} cannot be written: ${error.message}.`, {
    facts: { path, code: error.code },
    hint: 'Nothing was written. Check the rights to the folder and the space on the disk.',
    cause: error,
  })
}

/** A new file would take the place of another. */
export function fileExistsError(path: string): LimbeckError {
  return new LimbeckError('FILE_EXISTS', `The file ${path} is there already.`, {
    facts: { path },
    hint: 'Nothing was written. Move the file, or choose another message or id.',
  })
}
