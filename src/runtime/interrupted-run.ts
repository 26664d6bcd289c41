import { StatementInterrupted } from '../dialects/interruptible-connection.ts'
import { reasonFacts, reasonWords } from '../dialects/interruption.ts'
import { LimbeckError } from '../errors.ts'
import type { RunProgress } from './progress.ts'

/** What is told of a run that was told to end where no step says so; any other error is told as it is. */
export function interruptedRun(error: unknown, progress: RunProgress): unknown {
  if (!(error instanceof StatementInterrupted)) return error
  const { reason } = error
  const outcome = progress.outcome()
  const { stayed, rolledBack, partly } = outcome
  const sentences = [
    `Interrupted between two steps${reasonWords(reason)}.`,
    ...(rolledBack.length > 0 ? [`Rolled back: ${rolledBack.join(', ')}.`] : []),
    ...(partly ? ['What was committed of the revision that ran stays.'] : []),
    stayed.length > 0 ? `Stays: ${stayed.join(', ')}.` : partly ? '' : 'Nothing of this run stays.',
  ]
  return new LimbeckError('INTERRUPTED', sentences.filter(Boolean).join(' '), {
    facts: { ...reasonFacts(reason), ...outcome },
    hint: 'Run the same command again: it goes on from there.',
    cause: reason,
  })
}
