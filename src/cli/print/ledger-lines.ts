import type { RevisionLine, RevisionRecord } from '../../commands/results/revision-line.ts'
import { shownMoment } from '../../text/moments.ts'

/** What the ledger says of a revision, below what its file says. */
export function ledgerLines({ ledger }: RevisionLine): string[] {
  if (ledger === undefined) return []
  return [`${deeds[ledger.direction]}: ${deedOf(ledger)}`, ...scriptLines(ledger)]
}

const deeds = { upgrade: 'Applied', downgrade: 'Undone', stamp: 'Stamped' } as const

function deedOf(record: RevisionRecord): string {
  const { step, at, milliseconds, who, host, application, version } = record
  const by = who === null ? '' : `by ${who} `
  return [
    ...(step === undefined ? [] : [`in part, as far as its step ${step}`]),
    ...(at === undefined ? [] : [shownMoment(at)]),
    ...(milliseconds === undefined ? [] : [`in ${shownDuration(milliseconds)}`]),
    `${by}on ${host} with ${application} ${version}`,
  ].join(', ')
}

const scriptLines = ({ script }: RevisionRecord): string[] => {
  if (script === undefined) return []
  return [
    script === 'same'
      ? 'Script: as it was then'
      : 'Script: changed since; `limbeck check` says whether it does something else',
  ]
}

const shownDuration = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`
