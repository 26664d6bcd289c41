import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { LimbeckError } from '../errors.ts'
import { fileExistsError } from '../files/write-new-file.ts'
import { type FileNameConfig, fileNameOf } from './file-names.ts'
import type { ScriptParts } from './script-parts.ts'

/** Where a new file will be: a place that is free, and that is looked at again. */
export function newScriptPath(parts: ScriptParts): string {
  const { revision, message, date, config, folder } = parts
  const name = fileNameOf({ id: revision.id, message, date }, config)
  const path = join(folder, name)
  const isHidden = name.split('/').some(part => part.startsWith('.'))
  if (isHidden || name.endsWith('.d.ts')) throw unreadable(path, config)
  if (existsSync(path)) throw fileExistsError(path)
  return path
}

function unreadable(path: string, { fileTemplate }: FileNameConfig): LimbeckError {
  return new LimbeckError(
    'FILE_NAME_INVALID',
    `The new file ${path} would not be read as a revision: names that begin with a dot, or end in .d.ts, are left out.`,
    {
      facts: { path, fileTemplate },
      hint: 'Nothing was written. Correct `fileTemplate` in the config, or choose another id.',
    },
  )
}
