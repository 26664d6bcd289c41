import type { Scripts } from '../environment/scripts.ts'
import { resolveRows } from '../revisions/resolve.ts'
import type { ScannedRevision } from '../revisions/revision.ts'
import { ancestorsOf } from '../revisions/traversal.ts'
import { type EditedScript, editedScripts } from '../runtime/edited-scripts.ts'
import { editedWords } from '../runtime/edited-words.ts'
import { readRecords } from '../runtime/ledger-records.ts'
import type { MigrationSession } from '../runtime/migration-session.ts'

/** The scripts that were edited after the database had been moved by them. */
export async function findEdited(
  session: MigrationSession,
  { graph }: Scripts,
  heads: readonly string[],
): Promise<EditedScript[]> {
  if (heads.length === 0) return []
  const records = await readRecords(session)
  if (records.size === 0) return []
  const applied = ancestorsOf(resolveRows(graph, heads))
  return editedScripts({
    records,
    applied: graph.nodes
      .filter(node => applied.has(node))
      .map(node => node.revision as ScannedRevision),
    context: session.scriptContext,
  })
}

/** Warns of them: what they did stays as it was applied. */
export async function warnOfEdited(
  session: MigrationSession,
  scripts: Scripts,
  heads: readonly string[],
): Promise<void> {
  for (const edited of await findEdited(session, scripts, heads)) {
    const { revision } = edited
    session.report({
      type: 'warning',
      message: `${editedWords(edited, process.cwd())}. What was applied stays; \`limbeck stamp --accept ${revision}\` takes the script as it is now.`,
      facts: { ...edited },
    })
  }
}
