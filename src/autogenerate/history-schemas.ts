import type { Operation } from '../operations/operation.ts'
import type { ScannedRevision } from '../revisions/revision.ts'
import { recordScript } from '../runtime/recorded-step.ts'
import type { ScriptContext } from '../runtime/script-context.ts'
import { loadScript } from '../scripts/load-script.ts'

/** The schemas that any revision's upgrade names: limbeck made what is in them, so it may drop it. */
export async function historySchemas(
  revisions: Iterable<ScannedRevision>,
  context: ScriptContext,
): Promise<ReadonlySet<string>> {
  const names = new Set<string>()
  for (const revision of revisions) {
    const script = await loadScript(revision)
    for (const operation of recordScript(script, 'upgrade', context))
      for (const name of schemasOf(operation)) names.add(name)
  }
  return names
}

function schemasOf(operation: Operation): string[] {
  if (operation.kind === 'createSchema') return [operation.object.name]
  if (operation.kind === 'createTable') return named(operation.table)
  if ('object' in operation) return named(operation.object)
  return named(operation)
}

const named = (value: object): string[] =>
  'schema' in value && typeof value.schema === 'string' ? [value.schema] : []
