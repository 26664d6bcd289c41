import { isCreate, isDrop } from '../../operations/identity.ts'
import type { Operation } from '../../operations/operation.ts'
import type { DatabaseSchema } from '../../schema/index.ts'
import { type DescribedThing, findThing, keyOf, type Thing, thingOf } from './things.ts'

/** What a comparison takes away and brings under names that the other side does not have. */
export interface Changes {
  readonly gone: readonly DescribedThing[]
  readonly come: readonly DescribedThing[]
}

/** Reads from what a comparison proposes which names go, and which come. */
export function changesOf(
  operations: readonly Operation[],
  current: DatabaseSchema,
  target: DatabaseSchema,
): Changes {
  const values = enumValues(current, target)
  return {
    gone: only([...operations.flatMap(dropped), ...values.gone], current, target),
    come: only([...operations.flatMap(created), ...values.come], target, current),
  }
}

/** Those that the other side lacks, each once, described by its own side where that lists it. */
function only(
  things: readonly DescribedThing[],
  own: DatabaseSchema,
  other: DatabaseSchema,
): DescribedThing[] {
  const found = new Map<string, DescribedThing>()
  for (const thing of things) {
    if (findThing(other, thing) === undefined)
      found.set(keyOf(thing), findThing(own, thing) ?? thing)
  }
  return [...found.values()]
}

function dropped(operation: Operation): DescribedThing[] {
  const { kind } = operation
  if (isDrop(operation)) return present(operation.existing && thingOf(operation.existing))
  switch (kind) {
    case 'dropTable':
      return [{ kind: 'table', schema: operation.schema, name: operation.name }]
    case 'dropColumn':
      return [columnThing(operation, operation.column)]
    case 'dropConstraint':
    case 'dropIndex':
      return present(operation.existing && thingOf(operation.existing))
    default:
      return []
  }
}

function created(operation: Operation): DescribedThing[] {
  if (isCreate(operation)) return present(thingOf(operation.object))
  switch (operation.kind) {
    case 'createTable':
      return present(thingOf(operation.table))
    case 'addColumn':
      return [columnThing(operation, operation.column.name)]
    case 'createConstraint':
      return present(thingOf(operation.constraint))
    case 'createIndex':
      return present(thingOf(operation.index))
    default:
      return []
  }
}

const present = (thing: DescribedThing | undefined): DescribedThing[] =>
  thing === undefined ? [] : [thing]

const columnThing = (
  { schema, table }: { readonly schema?: string | undefined; readonly table: string },
  name: string,
): Thing => ({ kind: 'column', schema, of: table, name })

/** How an enum is changed depends on which values stay, so that the values are asked themselves. */
function enumValues(current: DatabaseSchema, target: DatabaseSchema): Changes {
  const gone: Thing[] = []
  const come: Thing[] = []
  for (const [id, before] of current.objects) {
    const after = target.objects.get(id)
    if (before.kind !== 'enum' || after?.kind !== 'enum') continue
    const place = { kind: 'enumValue' as const, schema: before.schema, of: before.name }
    gone.push(...before.values.map(name => ({ ...place, name })))
    come.push(...after.values.map(name => ({ ...place, name })))
  }
  return { gone, come }
}
