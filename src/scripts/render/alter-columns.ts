import type { AlterColumn, ColumnChanges } from '../../operations/operation.ts'
import type { DefaultValue } from '../../schema/index.ts'
import { typeCode } from './column-types.ts'
import { columnCode, identityEntries } from './columns.ts'
import type { Entry, RenderContext } from './context.ts'
import { defaultCode } from './defaults.ts'
import { type Code, call, object } from './layout.ts'
import { text } from './literals.ts'

/** `op.alterColumn(…)`. */
export function alterColumnCall(operation: AlterColumn, context: RenderContext): Code {
  const { schema, table, column, changes, existing, only } = operation
  const type = changes.type ?? existing?.type ?? ''
  const entries = [
    ...context.entries({ schema: context.schema(schema) }),
    ...changeEntries(changes, type, context),
    ...context.entries({ only }),
    ...(existing ? [['existing', columnCode(existing, context, [], column)] as Entry] : []),
  ]
  return call('op.alterColumn', text(table), text(column), object(entries))
}

function changeEntries(changes: ColumnChanges, type: string, context: RenderContext): Entry[] {
  const { newName, collation, notNull, comment, storage, compression, statistics } = changes
  return [
    ...context.entries({ newName }),
    ...(changes.type === undefined ? [] : [['type', typeCode(changes.type, context)] as Entry]),
    ...context.sqlEntry('using', changes.using),
    ...context.entries({ collation, nullable: notNull === undefined ? undefined : !notNull }),
    ...defaultEntries(changes.default, type, context),
    ...identityChange(changes.identity),
    ...generatedChange(changes.generated, context),
    ...context.entries({ comment, storage, compression, statistics }),
  ]
}

function defaultEntries(
  value: DefaultValue | null | undefined,
  type: string,
  context: RenderContext,
): Entry[] {
  if (value === undefined) return []
  return [['default', value === null ? 'null' : defaultCode(value, type, context)]]
}

function identityChange(identity: ColumnChanges['identity']): Entry[] {
  if (identity === undefined) return []
  return [['identity', identity === null ? 'null' : object(identityEntries(identity))]]
}

function generatedChange(generated: ColumnChanges['generated'], context: RenderContext): Entry[] {
  if (generated === undefined) return []
  if (generated === null) return [['generated', 'null']]
  if (generated.stored) return context.sqlEntry('generated', generated.expression)
  return [['generated', context.value(generated)]]
}
