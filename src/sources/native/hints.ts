import { type DeclaredRename, renamesOf } from '../../declarations/renamed-from.ts'
import type { RenameWords } from '../../operations/rename-words.ts'
import type { SchemaObject } from '../../schema/index.ts'
import type { SourceHints } from '../source.ts'

/** What models say of names: which had others, and which of constraints and indexes they give. */
export function nativeHints(objects: readonly SchemaObject[]): SourceHints {
  return { renames: objects.flatMap(renameHints), chosenNames: objects.flatMap(givenName) }
}

function renameHints(object: SchemaObject): RenameWords[] {
  if (object.kind !== 'table' && object.kind !== 'enum') return []
  return renamesOf(object).map(rename => hintOf(object, rename))
}

function hintOf(
  { schema, name }: { readonly schema?: string | undefined; readonly name: string },
  { kind, from, to }: DeclaredRename,
): RenameWords {
  const isPart = kind === 'column' || kind === 'enumValue'
  const path = [...(schema === undefined ? [] : [schema]), ...(isPart ? [name] : []), from]
  return { kind, path, to, text: `${path.join('.')}=${to}` }
}

/** A name that a naming convention has given is as good as one that was written. */
function givenName(object: SchemaObject): string[] {
  if (object.kind === 'domain') return object.checks.flatMap(({ name = [] }) => name)
  if (object.kind !== 'constraint' && object.kind !== 'index') return []
  return object.name === undefined ? [] : [object.name]
}
