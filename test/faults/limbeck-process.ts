import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { type CliProject, plainEnvironment } from '../support/cli-project.ts'

/** limbeck at work, as a user starts it, with what it has said so far. */
export interface LimbeckProcess {
  readonly child: ChildProcess
  readonly said: () => string
  /** Settles when it is over, with its exit status; null where it was killed. */
  readonly ended: Promise<number | null>
  /** Settles when it has said so many lines, or lines that hold a text, or is over. */
  lines(count: number, text?: string): Promise<void>
}

/** Starts it on a database; each revision may be a transaction of its own. */
export function startLimbeck(
  project: CliProject,
  url: string,
  words: readonly string[],
  isEachAlone = false,
): LimbeckProcess {
  const bin = join(project.folder, 'node_modules/limbeck/bin/limbeck.js')
  const child = spawn(process.execPath, [bin, ...words], {
    cwd: project.folder,
    env: { ...plainEnvironment(), DATABASE_URL: url, EACH_ALONE: String(isEachAlone) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const waiting: { readonly isReached: () => boolean; readonly tell: () => void }[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
      for (const { isReached, tell } of waiting) if (isReached()) tell()
    })
  const ended = once(child, 'close').then(([status]) => status as number | null)
  const lines = (count: number, text = '\n') => {
    const isReached = () => said.split(text).length > count
    const reached = new Promise<void>(tell => waiting.push({ isReached, tell }))
    return Promise.race([reached, ended.then(() => {})])
  }
  return { child, said: () => said, ended, lines }
}
