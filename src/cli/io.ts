import { Console } from 'node:console'
import { isatty } from 'node:tty'
import type { Choose } from './questions/choose.ts'
import type { Ask } from './questions/yes-or-no.ts'

/** Where the command line reads from and writes to; tests bring their own. */
export interface Io {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  readonly stdout: Output
  readonly stderr: Output
  /** Absent where nobody is there to answer. */
  readonly ask?: Ask | undefined
  readonly choose?: Choose | undefined
}

export interface Output {
  write(text: string): unknown
  readonly isTerminal: boolean
  /** The width of a terminal. */
  readonly columns?: number | undefined
  /** Has somebody told before anything is written, by whomever; gives what ends that. */
  beforeWrite?(listener: () => void): () => void
}

/** The process's own streams. What the project's code prints is no result and goes to stderr. */
export function processIo(): Io {
  endQuietlyWhenNobodyReads(process.stdout)
  globalThis.console = new Console(process.stderr)
  return {
    cwd: process.cwd(),
    env: process.env,
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    ...(isatty(0) && process.stderr.isTTY ? { ask, choose } : {}),
  }
}

const ask: Ask = async question => {
  const { yesOrNo } = await import('./questions/yes-or-no.ts')
  return yesOrNo(question)
}

const choose: Choose = async (question, answers) => {
  const { choose: chooseOne } = await import('./questions/choose.ts')
  return chooseOne(question, answers)
}

const output = (stream: NodeJS.WriteStream): Output => ({
  write: text => stream.write(text),
  isTerminal: stream.isTTY === true,
  // It may be changed meanwhile.
  get columns() {
    return stream.isTTY ? stream.columns : undefined
  },
  beforeWrite: listener => beforeWrite(stream, listener),
})

/** The project's own code, and Node's warnings, go past us. */
function beforeWrite(stream: NodeJS.WriteStream, listener: () => void): () => void {
  const before = Object.getOwnPropertyDescriptor(stream, 'write')
  const write = stream.write
  const listening = function (this: unknown, ...words: unknown[]) {
    listener()
    return Reflect.apply(write, stream, words)
  }
  stream.write = listening as typeof write
  return () => {
    if (before !== undefined) Object.defineProperty(stream, 'write', before)
    else Reflect.deleteProperty(stream, 'write')
  }
}

/** `limbeck history | head -1` closes the pipe early; that is no error. */
function endQuietlyWhenNobodyReads(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit()
  })
}
