import type { Rename } from '../../operations/rename-words.ts'
import type { DatabaseSchema, QualifiedName, SchemaObject } from '../../schema/index.ts'
import { isEqual } from '../equal.ts'
import type { Changes } from './changes.ts'
import { definitionOf, isOwned } from './object-likeness.ts'
import { spacedNames, takenNames } from './spaces.ts'
import { type DescribedThing, endsOf, findThing, type Thing } from './things.ts'

/** Names of parts of tables that differ while what they name is the same. */
export interface Pairs {
  /** The target's name was chosen: it is given. */
  readonly renames: readonly Rename[]
  /** The target's name is the database's own choice: the name that is there stays. */
  readonly kept: readonly Rename[]
}

/**
 * Pairs constraints and indexes of the same definition, and the sequences behind columns: nobody has to
 * be asked about them. `isChosen` tells the names that the target's author has chosen.
 */
export function pairsOf(
  { gone, come }: Changes,
  current: DatabaseSchema,
  target: DatabaseSchema,
  isChosen: (name: string) => boolean,
): Pairs {
  const pairs = withoutInherited(paired(gone.filter(isPart), come.filter(isPart)), current)
  const renames = pairs.filter(({ kind, to }) => kind === 'sequence' || isChosen(to))
  const kept = pairs.filter(pair => !renames.includes(pair))
  if (kept.length === 0) return { renames, kept }
  const names = (thing: Thing) => spacedNames(thing, findThing(target, thing)?.object)
  const taken = takenNames(target)
  for (const pair of kept) for (const name of names(endsOf(pair).to)) taken.delete(name)
  // A name that something else is to have cannot stay.
  const isWanted = (pair: Rename) =>
    spacedNames(endsOf(pair).from, findThing(current, endsOf(pair).from)?.object).some(name =>
      taken.has(name),
    )
  return {
    renames: [...renames, ...kept.filter(isWanted)],
    kept: kept.filter(pair => !isWanted(pair)),
  }
}

const isPart = ({ kind, object }: DescribedThing): boolean =>
  kind === 'constraint' || kind === 'index' || isOwned(object)

/** Parts of partitions follow those of their parents, whose names they mention. */
function paired(gone: readonly DescribedThing[], come: readonly DescribedThing[]): Rename[] {
  const left = new Set(gone)
  const waiting = new Set(come)
  const pairs: Rename[] = []
  for (let count = -1; count < pairs.length; ) {
    count = pairs.length
    for (const to of waiting) {
      const from = [...left].find(one => isSamePart(one.object, to.object, pairs))
      if (from === undefined) continue
      left.delete(from)
      waiting.delete(to)
      const { kind, schema, of } = from
      pairs.push({ kind, schema, of, from: from.name, to: to.name })
    }
  }
  return pairs
}

function isSamePart(
  before: SchemaObject | undefined,
  after: SchemaObject | undefined,
  pairs: readonly Rename[],
): boolean {
  if (before?.kind !== after?.kind || before === undefined || after === undefined) return false
  if (isOwned(before)) return isEqual(definitionOf(before), definitionOf(after))
  if (hostOf(before) !== hostOf(after)) return false
  return isEqual(withParent(before, pairs), definitionOf(after))
}

const hostOf = (object: SchemaObject): string =>
  'table' in object && typeof object.table === 'string' ? object.table : ''

/** The definition, with the parent's index as it will be called. */
function withParent(object: SchemaObject, pairs: readonly Rename[]): object {
  const definition = definitionOf(object)
  if (!('attachedTo' in object) || object.attachedTo === undefined) return definition
  const { schema, name } = object.attachedTo
  const parent = pairs.find(pair => pair.schema === schema && pair.from === name)
  return parent === undefined ? definition : { ...definition, attachedTo: renamed(object, parent) }
}

const renamed = (object: { readonly attachedTo?: QualifiedName | undefined }, { to }: Rename) => ({
  ...object.attachedTo,
  name: to,
})

/** A check that a table has from its parent takes the parent's new name by itself. */
function withoutInherited(pairs: readonly Rename[], current: DatabaseSchema): Rename[] {
  return pairs.filter(pair => {
    const table = current.objects.get(`table:${pair.schema ?? ''}.${pair.of ?? ''}`)
    if (pair.kind !== 'constraint' || table?.kind !== 'table') return true
    const parents = [
      ...(table.inherits ?? []),
      ...(table.partitionOf ? [table.partitionOf.parent] : []),
    ]
    const isChecked = isCheck(current, pair)
    return !parents.some(
      ({ schema, name }) =>
        isChecked &&
        pairs.some(
          other =>
            other.schema === schema &&
            other.of === name &&
            other.from === pair.from &&
            other.to === pair.to,
        ),
    )
  })
}

function isCheck(current: DatabaseSchema, { schema, of, from }: Rename): boolean {
  const object = current.objects.get(`constraint:${schema ?? ''}.${of ?? ''}.${from}`)
  return object?.kind === 'constraint' && object.type === 'check'
}
