import { oneLine } from '../text/sentences.ts'
import type { Revision } from './revision.ts'

/** A revision in a line for people: `9d8e7f6a5b4c, add orders`. */
export function spokenRevision({ id, message }: Pick<Revision, 'id' | 'message'>): string {
  return message === '' ? id : `${id}, ${oneLine(message)}`
}
