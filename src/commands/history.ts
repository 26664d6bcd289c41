import { openProject } from '../environment/project.ts'
import { readScripts } from '../environment/scripts.ts'
import { history as listHistory, namesCurrent, parseRange } from '../revisions/history.ts'
import { type DatabasePlace, readDatabasePlace } from './database-heads.ts'
import type { HistoryInput } from './inputs.ts'
import type { HistoryResult } from './results/graph.ts'
import { recordedLines } from './revision-record.ts'

/** Lists revisions, newest first. The database is asked only where the request speaks of it. */
export async function history(input: HistoryInput): Promise<HistoryResult> {
  const range = input.range === undefined ? {} : parseRange(input.range)
  const project = await openProject(input)
  const { graph } = await readScripts(project)
  const asksDatabase =
    namesCurrent(range) || input.indicateCurrent || project.config.revisionEnvironment
  const { heads, records } = asksDatabase ? await readDatabasePlace(project, input) : nowhere
  const current = new Set(input.indicateCurrent ? heads : [])
  const nodes = listHistory(graph, range, heads)
  return { revisions: await recordedLines(nodes, records, () => current) }
}

const nowhere: DatabasePlace = { heads: [], records: new Map() }
