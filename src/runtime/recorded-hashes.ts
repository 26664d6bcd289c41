import { hashOperations } from '../operations/hash.ts'
import type { ScannedRevision } from '../revisions/revision.ts'
import { loadScript } from '../scripts/load-script.ts'
import type { LedgerEntry } from './ledger.ts'
import { recordScript } from './recorded-step.ts'
import type { ScriptContext } from './script-context.ts'

/** What the ledger keeps of a script's upgrade. */
export async function recordedHashes(
  revision: ScannedRevision,
  context: ScriptContext,
): Promise<Pick<LedgerEntry, 'scriptChecksum' | 'operationsHash'>> {
  const script = await loadScript(revision)
  return {
    scriptChecksum: await script.checksum(),
    operationsHash: hashOperations(recordScript(script, 'upgrade', context)),
  }
}
