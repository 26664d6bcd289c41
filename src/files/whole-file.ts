import {
  chmodSync,
  constants,
  copyFileSync,
  linkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'

/**
 * Hands over a text in a file beside its place, for `publish` to give it its name: so nobody ever reads
 * half of it. What is left of that file is removed.
 */
export function throughPart(path: string, text: string, publish: (part: string) => void): void {
  const part = `${path}.${process.pid}.part`
  try {
    writeFileSync(part, text)
    publish(part)
  } finally {
    rmSync(part, { force: true })
  }
}

/** Makes a file: whole, or not at all. Where the name is taken that is `EEXIST`. */
export function createWhole(path: string, text: string): void {
  throughPart(path, text, part => publishNew(part, path))
}

/** Unlike a rename, a link fails where the name is taken. */
function publishNew(part: string, path: string): void {
  try {
    linkSync(part, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error
    // A file system without links: the copy is not atomic, and still refuses a name that is taken.
    copyFileSync(part, path, constants.COPYFILE_EXCL)
  }
}

/** Puts another text in the place of a file's: whole, or not at all. The file keeps its rights. */
export function replaceWhole(path: string, text: string): void {
  // A link stays one: what it leads to is replaced.
  const real = realpathSync(path)
  throughPart(real, text, part => {
    chmodSync(part, statSync(real).mode)
    renameSync(part, real)
  })
}
