import { openProject } from '../environment/project.ts'
import { readScripts } from '../environment/scripts.ts'
import { history as listHistory, namesCurrent, parseRange } from '../revisions/history.ts'
import { readDatabaseHeads } from './database-heads.ts'
import type { HistoryInput } from './inputs.ts'
import type { HistoryResult } from './results.ts'
import { revisionLine } from './revision-line.ts'

/** Lists revisions, newest first. The database is asked only where the request speaks of it. */
export async function history(input: HistoryInput): Promise<HistoryResult> {
  const range = input.range === undefined ? {} : parseRange(input.range)
  const project = await openProject(input)
  const { graph } = await readScripts(project)
  const asksDatabase =
    namesCurrent(range) || input.indicateCurrent || project.config.revisionEnvironment
  const rows = asksDatabase ? await readDatabaseHeads(project) : []
  const current = new Set(input.indicateCurrent ? rows : [])
  return { revisions: listHistory(graph, range, rows).map(node => revisionLine(node, current)) }
}
