import { statSync } from 'node:fs'
import { LimbeckError } from '../errors.ts'
import type { ScannedRevision } from '../revisions/revision.ts'
import { scriptChecksum } from '../scripts/checksum.ts'
import type { LedgerRecord, LedgerRecords } from './ledger-records.ts'
import { recordedHashes } from './recorded-hashes.ts'
import type { ScriptContext } from './script-context.ts'

/** A script that does something else than what was applied. */
export interface EditedScript {
  /** The revision's id. */
  readonly revision: string
  /** Absolute. */
  readonly path: string
  /** ISO 8601; absent where the ledger holds no moment. */
  readonly appliedAt?: string | undefined
  /** When the file was written last, which a checkout or a copy sets anew; ISO 8601. */
  readonly changedAt: string
  /** The hash of the operations that were applied. */
  readonly appliedHash?: string | undefined
  /** The hash of those that the script records now; absent where it cannot be loaded. */
  readonly hash?: string | undefined
  /** Why it cannot be loaded. */
  readonly problem?: string | undefined
}

export interface EditedScriptsParts {
  readonly records: LedgerRecords
  /** What the database holds. */
  readonly applied: readonly ScannedRevision[]
  readonly context: ScriptContext
}

/**
 * The scripts of applied revisions that would do something else now. Only those whose text has changed,
 * types and comments aside, are loaded.
 */
export async function editedScripts({
  records,
  applied,
  context,
}: EditedScriptsParts): Promise<EditedScript[]> {
  const edited: EditedScript[] = []
  for (const revision of applied) {
    const record = records.get(revision.id)
    if (record === undefined || !isComparable(record)) continue
    if ((await scriptChecksum(revision.path)) === record.checksum) continue
    const now = await recordedHash(revision, context)
    if (now.hash === record.operationsHash) continue
    edited.push({
      revision: revision.id,
      path: revision.path,
      appliedAt: record.at,
      changedAt: statSync(revision.path).mtime.toISOString(),
      appliedHash: record.operationsHash,
      ...now,
    })
  }
  return edited
}

/** What was run, or accepted, as a whole; the resuming of a part looks for itself. */
const isComparable = ({ direction, step, checksum }: LedgerRecord): boolean =>
  direction !== 'downgrade' && step === 0 && checksum !== undefined

async function recordedHash(
  revision: ScannedRevision,
  context: ScriptContext,
): Promise<Pick<EditedScript, 'hash' | 'problem'>> {
  try {
    return { hash: (await recordedHashes(revision, context)).operationsHash }
  } catch (error) {
    if (!(error instanceof LimbeckError)) throw error
    return { problem: error.message }
  }
}
