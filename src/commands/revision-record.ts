import type { RevisionNode } from '../revisions/nodes.ts'
import type { ScannedRevision } from '../revisions/revision.ts'
import type { LedgerRecord, LedgerRecords } from '../runtime/ledger-records.ts'
import { scriptChecksum } from '../scripts/checksum.ts'
import type { RevisionLine, RevisionRecord } from './results/revision-line.ts'
import { revisionLine } from './revision-line.ts'

/** Revisions as listings show them, each with what the ledger says of it. */
export async function recordedLines(
  nodes: readonly RevisionNode[],
  records: LedgerRecords,
  current: (node: RevisionNode) => ReadonlySet<string>,
): Promise<RevisionLine[]> {
  const lines: RevisionLine[] = []
  for (const node of nodes) {
    const record = records.get(node.id)
    const ledger = record && (await revisionRecord(record, node.revision as ScannedRevision))
    lines.push({ ...revisionLine(node, current(node)), ...(ledger && { ledger }) })
  }
  return lines
}

async function revisionRecord(
  { step, checksum, operationsHash: _, ...record }: LedgerRecord,
  { path }: ScannedRevision,
): Promise<RevisionRecord> {
  return {
    ...record,
    state: step === 0 ? 'whole' : 'part',
    ...(step !== 0 && { step }),
    ...(checksum !== undefined && {
      script: (await scriptChecksum(path)) === checksum ? 'same' : 'changed',
    }),
  }
}
