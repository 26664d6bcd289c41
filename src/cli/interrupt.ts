import { performance } from 'node:perf_hooks'
import { ProcessSignal } from '../dialects/interruption.ts'

/** What a terminal, a shell or Kubernetes ends a process with. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** In milliseconds. */
const times = {
  /** npx hands on what the terminal has sent its child already. */
  onceMore: 500,
  betweenLooks: 1000,
}

/** How many programs of the user's have the terminal: Ctrl-C is theirs. */
let programs = 0

/** The signals of the process, until the command has ended. */
export interface Interrupt {
  /** Given with the first one. */
  readonly signal: AbortSignal
  /** Leaves them to what they do by themselves. */
  forget(): void
}

/** Lets the first signal end the command at a safe place, and a second one the process at once. */
export function heedSignals(tell: (signal: NodeJS.Signals) => void): Interrupt {
  const controller = new AbortController()
  let toldAt = 0
  const forget = () => {
    for (const signal of signals) process.off(signal, heed)
  }
  function heed(signal: NodeJS.Signals): void {
    if (programs > 0 && signal === 'SIGINT') return
    if (!controller.signal.aborted) {
      toldAt = performance.now()
      // A terminal that was closed takes no word of how it ends.
      process.stderr.on('error', ignore)
      tell(signal)
      controller.abort(new ProcessSignal(signal))
    } else if (performance.now() - toldAt > times.onceMore) {
      forget()
      process.kill(process.pid, signal)
    }
  }
  for (const signal of signals) process.on(signal, heed)
  watchNpm(() => heed('SIGTERM'))
  return { signal: controller.signal, forget }
}

/** npm hands SIGTERM on to the shell that it has started, and that ends without a word to us. */
function watchNpm(end: () => void): void {
  if (process.env.npm_command === undefined) return
  const shell = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === shell) return
    clearInterval(timer)
    end()
  }, times.betweenLooks).unref()
}

/** Leaves Ctrl-C to a program that has the terminal. */
export async function leaveCtrlC<T>(program: () => Promise<T>): Promise<T> {
  programs++
  // Ctrl-C reaches both of us, and would end this process where nobody else listens.
  process.on('SIGINT', ignore)
  try {
    return await program()
  } finally {
    process.off('SIGINT', ignore)
    programs--
  }
}

const ignore = (): void => {}
