import { randomUUID } from 'node:crypto'

/** What a file name is made of. */
export interface FileNameParts {
  readonly id: string
  readonly message: string
}

/** The longest slug, in characters, before it is cut at a word. */
export const defaultSlugLength = 40

/** The name of a new revision file: `<revision>_<slug>.ts`. */
export function fileNameOf({ id, message }: FileNameParts, slugLength = defaultSlugLength): string {
  return `${id}_${slugOf(message, slugLength)}.ts`
}

/** The words of a message in lower case, joined by `_`; a cut after the limit leaves a trailing `_`. */
export function slugOf(message: string, length = defaultSlugLength): string {
  const slug = (message.match(/[\p{L}\p{N}_]+/gu) ?? []).join('_').toLowerCase()
  if (slug.length <= length) return slug
  const cut = slug.slice(0, length)
  return `${cut.slice(0, Math.max(cut.lastIndexOf('_'), 0)) || cut}_`
}

/** A new revision id: twelve hexadecimal digits. */
export function newRevisionId(): string {
  return randomUUID().slice(-12)
}
