import { randomUUID } from 'node:crypto'
import { expandFileTemplate } from '../config/file-template.ts'
import { defaultOf } from '../config/keys.ts'
import type { ResolvedConfig } from '../config/resolved-config.ts'
import { zonedTime } from './create-date.ts'

/** What a file name is made of. */
export interface FileNameParts {
  readonly id: string
  readonly message: string
  /** When the revision is made; now by default. */
  readonly date?: Date | undefined
}

/** What the config says of file names. */
export type FileNameConfig = Pick<
  ResolvedConfig,
  'fileTemplate' | 'truncateSlugLength' | 'timezone'
>

const defaults: FileNameConfig = {
  fileTemplate: defaultOf('fileTemplate'),
  truncateSlugLength: defaultOf('truncateSlugLength'),
  timezone: defaultOf('timezone'),
}

/** The name of a new revision file, below its version location; `/` parts folders. */
export function fileNameOf(parts: FileNameParts, config: FileNameConfig = defaults): string {
  const { id, message, date = new Date() } = parts
  const { offset: _, ...clock } = zonedTime(date, config.timezone)
  const name = expandFileTemplate(config.fileTemplate, {
    rev: id,
    slug: slugOf(message, config.truncateSlugLength),
    epoch: Math.floor(date.getTime() / 1000),
    ...clock,
  })
  return `${name}.ts`
}

/** The words of a message in lower case, joined by `_`; a cut after the limit leaves a trailing `_`. */
export function slugOf(message: string, length: number = defaults.truncateSlugLength): string {
  const slug = (message.match(/[\p{L}\p{N}_]+/gu) ?? []).join('_').toLowerCase()
  const characters = [...slug]
  if (characters.length <= length) return slug
  return `${characters
    .slice(0, length)
    .join('')
    .replace(/_[^_]*$/, '')}_`
}

/** A new revision id: twelve hexadecimal digits. */
export function newRevisionId(): string {
  return randomUUID().slice(-12)
}
