import { fileURLToPath } from 'node:url'
import { amended, type ErrorCode, LimbeckError } from '../errors.ts'
import { sourceOfKept } from './standalone.ts'

/** What an error of a module says, and where in the project it arose. */
export interface ErrorPlace {
  readonly reason: string
  readonly path?: string | undefined
  readonly line?: number | undefined
  readonly column?: number | undefined
}

/**
 * What the user's own code threw, with the place; an error of limbeck's inside it stays as it is, but for
 * what a declaration, or a call of context.configure, says of its own line.
 */
export function placedError(code: ErrorCode, file: string, error: unknown): unknown {
  if (error instanceof LimbeckError) return withOwnPlace(error)
  const { path = file, line, column, reason } = placeOf(error)
  const place = line === undefined ? `${path}:` : `${path}:${line}:${column}:`
  return new LimbeckError(code, `${place} ${reason}`, {
    facts: { path, line, column, reason },
    hint: hintFor(reason),
    cause: error,
  })
}

/** What they are about stands in a file of the project, which they do not know. */
const placeless: ReadonlySet<ErrorCode> = new Set(['DECLARATION_INVALID', 'CONFIGURE_INVALID'])

function withOwnPlace(error: LimbeckError): LimbeckError {
  if (!placeless.has(error.code) || error.facts.path !== undefined) return error
  const { path, line, column } = placeOf(error)
  if (path === undefined || line === undefined) return error
  return amended(error, {
    message: `${path}:${line}:${column}: ${error.message}`,
    facts: { ...error.facts, path, line, column },
  })
}

function hintFor(reason: string): string {
  const missing = /^Cannot find package '([^']+)'/.exec(reason)?.[1]
  if (missing === undefined) return 'Correct the file; `--trace` shows where it failed.'
  return `Install it with \`npm install ${missing}\`, or correct the import.`
}

/** Finds the place of an error: in its message, or in the first line of its stack that is the project's. */
export function placeOf(error: unknown): ErrorPlace {
  if (!(error instanceof Error)) return { reason: String(error) }
  const { message, stack = '' } = error
  const placed = /^(.+?):(\d+):(\d+): ([\s\S]*)$/.exec(message)
  if (error.name === 'SyntaxError' && placed) {
    const [, path, line, column, reason = message] = placed
    return { path, line: Number(line), column: Number(column), reason }
  }
  // The first line of what Node itself could not read is the place in JavaScript, not in the source.
  if (error.name === 'SyntaxError') return { ...fileOf(stack), reason: message }
  const absent = /^(Cannot find [\s\S]+) imported from (.+)$/m.exec(message)
  if (absent) return { reason: absent[1]!, path: toPath(absent[2]!) }
  const frame = stack.split('\n').map(frameOf).find(Boolean)
  return { ...frame, reason: message.split('\n')[0]! }
}

function fileOf(stack: string): { readonly path?: string } {
  const path = /^(file:\/\/.+?|\/.+?):\d+\n/.exec(stack)?.[1]
  return path === undefined ? {} : { path: toPath(path) }
}

const frames = /^\s+at (?:.*[ (])?((?:file:\/\/|\/|[A-Z]:\\)[^()]*):(\d+):(\d+)\)?$/

function frameOf(text: string): Omit<ErrorPlace, 'reason'> | undefined {
  const [, path = '', line, column] = frames.exec(text) ?? []
  if (path === '' || path.includes('node_modules') || !isOfProject(path)) return undefined
  return { path: toPath(path), line: Number(line), column: Number(column) }
}

/** limbeck's own frames say nothing to a user. */
function isOfProject(path: string): boolean {
  return !toPath(path).startsWith(ownFolder)
}

const ownFolder = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '..' : '.', import.meta.url),
)

const toPath = (text: string) => sourceOfKept(text.startsWith('file:') ? fileURLToPath(text) : text)
