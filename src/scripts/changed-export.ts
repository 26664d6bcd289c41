import { isDeepStrictEqual } from 'node:util'
import type { Revision } from '../revisions/revision.ts'

/** What a revision file exports of its place in the graph. */
type Place = Pick<Revision, 'id' | 'downRevisions' | 'branchLabels' | 'dependsOn'>

const exportNames = {
  id: 'revision',
  downRevisions: 'downRevision',
  branchLabels: 'branchLabels',
  dependsOn: 'dependsOn',
} as const

/** One of a revision file's exports that is not what it should be. */
export interface ChangedExport {
  /** As the file exports it: `downRevision`. */
  readonly name: string
  readonly wanted: unknown
  readonly found: unknown
}

/** The first export that differs, where a file should say that it is a certain revision. */
export function changedExport(wanted: Place, found: Place): ChangedExport | undefined {
  const keys = Object.keys(exportNames) as (keyof Place)[]
  const key = keys.find(one => !isDeepStrictEqual(wanted[one], found[one]))
  return key && { name: exportNames[key], wanted: wanted[key], found: found[key] }
}
