import { LimbeckError, messageOf } from '../errors.ts'

/** Why a process ends a command: it was sent a signal. */
export class ProcessSignal extends Error {
  override readonly name = 'ProcessSignal'
  readonly signal: NodeJS.Signals

  constructor(signal: NodeJS.Signals) {
    super(signal)
    this.signal = signal
  }
}

/** What a run was told to end with, in words: ` (SIGTERM)`; nothing where nobody said why. */
export function reasonWords(reason: unknown): string {
  const isUnsaid = reason instanceof DOMException && reason.name === 'AbortError'
  return isUnsaid ? '' : ` (${messageOf(reason)})`
}

/** What a program can learn of the reason. */
export const reasonFacts = (reason: unknown) =>
  reason instanceof ProcessSignal ? { signal: reason.signal } : {}

/** The error of a command that was told to end before it had changed anything; `where` it was by then. */
export function interrupted({ reason }: AbortSignal, where = ''): LimbeckError {
  return new LimbeckError(
    'INTERRUPTED',
    `Interrupted${where && ` ${where}`}${reasonWords(reason)}. Nothing was done.`,
    {
      facts: { ...reasonFacts(reason), stayed: [], rolledBack: [], uncertain: [], partly: false },
      hint: 'Run the same command again.',
      cause: reason,
    },
  )
}

/** Throws where a command was told to end. */
export function expectNotInterrupted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw interrupted(signal)
}

/**
 * The error that a command ends with which was told to end: whatever was cut off in it says that, unless
 * it knows what has become of the database, or of a file.
 */
export function afterInterruption(error: unknown, signal: AbortSignal | undefined): unknown {
  if (!signal?.aborted) return error
  const isKnown =
    error instanceof LimbeckError &&
    ('stayed' in error.facts || error.code.startsWith('WRITE_HOOK_') || error.code === 'ABORTED')
  return isKnown ? error : interrupted(signal)
}

/**
 * Waits for what nothing depends on, such as a module that is loaded, until it is there or the command is
 * told to end; `late` takes what comes afterwards.
 */
export async function unlessInterrupted<T>(
  signal: AbortSignal | undefined,
  promise: Promise<T>,
  late: (value: T) => unknown = () => {},
): Promise<T> {
  if (signal === undefined) return promise
  const { told, forget } = whenTold(signal)
  try {
    return await Promise.race([promise, told])
  } catch (error) {
    if (signal.aborted) promise.then(late, () => {})
    throw error
  } finally {
    forget()
  }
}

/** Gives the values of an iteration until the command is told to end. */
export async function* untilInterrupted<T>(
  signal: AbortSignal | undefined,
  values: AsyncIterable<T>,
): AsyncGenerator<T, void> {
  const iterator = values[Symbol.asyncIterator]()
  for (;;) {
    const next = await unlessInterrupted(signal, iterator.next())
    if (next.done) return
    yield next.value
  }
}

/** A promise that fails, some milliseconds after the signal was given; `forget` it when it is not needed any more. */
export function whenTold(
  signal: AbortSignal,
  milliseconds = 0,
): { readonly told: Promise<never>; forget(): void } {
  let timer: NodeJS.Timeout | undefined
  let tell = () => {}
  const told = new Promise<never>((_, reject) => {
    const fail = () => reject(interrupted(signal))
    tell = () => {
      if (milliseconds === 0) fail()
      else timer = setTimeout(fail, milliseconds)
    }
  })
  told.catch(() => {})
  if (signal.aborted) tell()
  else signal.addEventListener('abort', tell, { once: true })
  return {
    told,
    forget() {
      signal.removeEventListener('abort', tell)
      clearTimeout(timer)
    },
  }
}
