import { oneLine } from '../text/sentences.ts'
import type { Revision } from './revision.ts'

/** A revision in a list of several: `9d8e7f6a5b4c, add orders (2026-11-20 09:41:00+00:00)`. */
export function revisionLine({ revision }: { readonly revision: Revision }): string {
  const date = revision.createdAt === undefined ? '' : ` (${revision.createdAt})`
  return spokenRevision(revision) + date
}

/** A revision in a line for people: `9d8e7f6a5b4c, add orders`. */
export function spokenRevision({ id, message }: Pick<Revision, 'id' | 'message'>): string {
  return message === '' ? id : `${id}, ${oneLine(message)}`
}
