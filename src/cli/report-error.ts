import { inspect } from 'node:util'
import type { ErrorDocument, ErrorFields } from '../commands/results/error.ts'
import { redact } from '../credentials/secrets.ts'
import { LimbeckError, messageOf } from '../errors.ts'
import type { Colours } from './colours.ts'
import { redacted } from './log-line.ts'

/** Anything that was thrown, as an error for the user; what limbeck did not foresee is `INTERNAL`. */
export function asLimbeckError(error: unknown): LimbeckError {
  if (error instanceof LimbeckError) return error
  const message = messageOf(error)
  return new LimbeckError('INTERNAL', message === '' ? 'An error without a message.' : message, {
    hint: 'limbeck did not expect this. `--trace` shows where it came from.',
    cause: error,
  })
}

/** `error CODE: sentence`, and the hint in a line of its own. */
export function errorText(error: LimbeckError, { bold, red, cyan }: Colours): string {
  const hint = error.hint === undefined ? '' : `${cyan('hint:')} ${error.hint}\n`
  return redact(`${red('error')} ${bold(error.code)}: ${error.message}\n${hint}`)
}

/** The stack of an error and of its causes. */
export function traceText(error: unknown): string {
  const own = error instanceof LimbeckError && error.code === 'INTERNAL' ? error.cause : error
  return `${redact(inspect(own, { depth: 4 }))}\n`
}

/** The error as the one JSON document of `--json`. */
export function errorDocument(error: LimbeckError): string {
  const document: ErrorDocument = { error: errorFields(error) }
  return `${JSON.stringify(document, redacted, 2)}\n`
}

const errorFields = ({ code, message, facts, hint, exitStatus }: LimbeckError): ErrorFields => ({
  code,
  message,
  facts,
  hint,
  exitStatus,
})
