import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs'
import { join } from 'node:path'
import { throughPart } from '../../files/whole-file.ts'
import { hashText } from '../../operations/hash.ts'

/** Texts that took long to find out, kept for the next time under a key that says all they depend on. */
export interface Keeping {
  /** The text, undefined where there is none that is whole. */
  read(key: string): string | undefined
  write(key: string, text: string): void
}

/** Texts that nobody has asked for lately make room. */
const mostBytes = 256 * 2 ** 20
const mostFiles = 256

/**
 * Keeps texts in a folder, each with its digest before it: what was torn, cut or edited is as good as
 * absent. Processes may share the folder, since a file gets its name when it is whole. Where nothing can be
 * written there, nothing is kept.
 */
export function keepingIn(folder: string): Keeping {
  const pathOf = (key: string) => join(folder, `${key}.json`)
  return {
    read(key) {
      const text = wholeText(pathOf(key), key)
      if (text !== undefined) touch(pathOf(key))
      return text
    },
    write(key, text) {
      try {
        mkdirSync(folder, { recursive: true })
        throughPart(pathOf(key), `${seal(key, text)}\n${text}`, part =>
          renameSync(part, pathOf(key)),
        )
        sweep(folder)
      } catch {
        // Without a place to keep it in, it is found out again the next time.
      }
    },
  }
}

const seal = (key: string, text: string): string => hashText(`${key}\n${text}`)

function wholeText(path: string, key: string): string | undefined {
  try {
    const content = readFileSync(path, 'utf8')
    const end = content.indexOf('\n')
    const text = content.slice(end + 1)
    return content.slice(0, end) === seal(key, text) ? text : undefined
  } catch {
    return undefined
  }
}

function touch(path: string): void {
  const now = new Date()
  try {
    utimesSync(path, now, now)
  } catch {
    // A folder that is only read is not swept either.
  }
}

/** Removes what was not used for longest, and what a killed process has left half written. */
function sweep(folder: string): void {
  const files = readdirSync(folder).flatMap(name => {
    const path = join(folder, name)
    const stat = statSync(path, { throwIfNoEntry: false })
    return stat === undefined ? [] : { path, size: stat.size, time: stat.mtimeMs }
  })
  const anHourAgo = Date.now() - 3_600_000
  let bytes = 0
  for (const [place, { path, size, time }] of files.sort((a, b) => b.time - a.time).entries()) {
    bytes += size
    const isLeft = path.endsWith('.part') && time < anHourAgo
    if (isLeft || place >= mostFiles || bytes > mostBytes) rmSync(path, { force: true })
  }
}
