import { fileURLToPath } from 'node:url'
import type { Operation } from './operation.ts'

/** A place in a source file; line and column count from 1. */
export interface Location {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** A captured stack whose last frame is the caller; its text is only made when it is asked for. */
export interface Caller {
  readonly stack?: string
}

/** Kept beside the operations, so that these stay plain data. */
const callers = new WeakMap<Operation, Caller>()

/** The caller of a running function, or of what called it, `depth` frames up. */
export function captureCaller(of: (...args: never[]) => unknown, depth = 1): Caller {
  const limit = Error.stackTraceLimit
  const caller: Caller = {}
  Error.stackTraceLimit = depth
  Error.captureStackTrace(caller, of)
  Error.stackTraceLimit = limit
  return caller
}

/** Remembers who recorded an operation; the first one counts. */
export function rememberCaller(operation: Operation, caller: Caller): void {
  if (!callers.has(operation)) callers.set(operation, caller)
}

/** Where an operation was recorded; unknown for one that no script recorded. */
export function locationOf(operation: Operation): Location | undefined {
  const caller = callers.get(operation)
  return caller && readLocation(caller)
}

/** The place of a caller. */
export function readLocation({ stack }: Caller): Location | undefined {
  return readFrame(stack?.split('\n').at(-1) ?? '')
}

/** The place in a file where an error arose, or what led to it was called. */
export function locationIn(file: string, { stack = '' }: Error): Location | undefined {
  return stack
    .split('\n')
    .map(readFrame)
    .find(location => location?.file === file)
}

function readFrame(frame: string): Location | undefined {
  const match = /^at (?:.*? \()?(.+):(\d+):(\d+)\)?$/.exec(frame.trim())
  if (match === null) return undefined
  const [, file = '', line, column] = match
  return { file: pathOf(file), line: Number(line), column: Number(column) }
}

function pathOf(file: string): string {
  return file.startsWith('file:') ? fileURLToPath(file) : file
}
