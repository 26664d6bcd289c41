import {
  chmodSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { LimbeckError } from '../errors.ts'

/** The text of a file that is going to be rewritten: it has to be text through and through. */
export function readWhole(path: string): string {
  const bytes = readFileSync(path)
  const text = bytes.toString('utf8')
  if (Buffer.from(text, 'utf8').equals(bytes)) return text
  throw new LimbeckError('REVISION_NOT_REWRITABLE', `${path} is not UTF-8 text.`, {
    facts: { path },
    hint: 'Nothing was written. Save it as UTF-8, or change it by hand.',
  })
}

/** Puts another text in the place of a file's: whole, or not at all. The file keeps its rights. */
export function replaceFile(path: string, text: string): void {
  try {
    // A link stays one: what it leads to is replaced.
    replace(realpathSync(path), text)
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException
    throw new LimbeckError('FILE_UNWRITABLE', `${path} cannot be written: ${message}.`, {
      facts: { path, code },
      hint: 'Nothing was written. Check the rights to the folder and the space on the disk.',
      cause: error,
    })
  }
}

function replace(path: string, text: string): void {
  const part = `${path}.${process.pid}.part`
  try {
    writeFileSync(part, text)
    chmodSync(part, statSync(path).mode)
    renameSync(part, path)
  } finally {
    rmSync(part, { force: true })
  }
}
