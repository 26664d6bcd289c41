import { LimbeckError } from '../errors.ts'
import type { Op } from '../operations/op.ts'
import type { ScannedRevision } from '../revisions/revision.ts'
import { scriptChecksum } from './checksum.ts'
import { placedError } from './error-place.ts'
import { type Exports, type ImportOptions, importFile } from './import-module.ts'

/** A revision with the two functions of its file. */
export interface Script extends ScannedRevision {
  readonly upgrade: Direction
  readonly downgrade: Direction
  /** Says whether it was edited since. */
  checksum(): Promise<string>
}

/** One of a script's functions: tells the recorder what to do; `context` says why and where it runs. */
export type Direction = (op: Op, context?: unknown) => void

/** Runs a revision's file, for the functions it exports. */
export async function loadScript(
  scanned: ScannedRevision,
  options?: ImportOptions,
): Promise<Script> {
  const { exports, checksum } = await importFile(scanned.path, options)
  if (exports.revision !== scanned.id) throw otherRevisionError(scanned, exports.revision)
  return {
    ...scanned,
    upgrade: functionOf(scanned.path, exports, 'upgrade'),
    downgrade: functionOf(scanned.path, exports, 'downgrade'),
    checksum: async () => checksum ?? scriptChecksum(scanned.path),
  }
}

function functionOf(path: string, exports: Exports, name: string): Direction {
  const value = exports[name]
  if (typeof value === 'function') return placingErrors(path, value as Direction)
  throw new LimbeckError('REVISION_EXPORT_MISSING', `\`${name}\` in ${path} is not a function.`, {
    facts: { path, export: name },
    hint: `Write \`export function ${name}(op: Op) { … }\`.`,
  })
}

/** What a script throws is the user's own error, and has a place in the file. */
function placingErrors(path: string, direction: Direction): Direction {
  return (op, context) => {
    try {
      // A promise goes on to the recorder, which refuses it.
      return direction(op, context)
    } catch (error) {
      throw placedError('SCRIPT_FAILED', path, error)
    }
  }
}

/** The file has changed since it was scanned, or gives its id in a way that scanning cannot see. */
function otherRevisionError({ id, path }: ScannedRevision, loaded: unknown): LimbeckError {
  return new LimbeckError(
    'SCRIPT_LOAD_FAILED',
    `${path} was read as revision ${id}, and is revision ${String(loaded)} when it is run.`,
    { facts: { path, revision: id, loaded }, hint: 'Run the command again.' },
  )
}
