import type { RenameKind } from '../../operations/rename-words.ts'
import type { DatabaseSchema, EnumType } from '../../schema/index.ts'
import type { Changes } from './changes.ts'
import { columnLikeness, columnRoles } from './column-likeness.ts'
import { isOwned, objectLikeness, schemaLikeness, valueLikeness } from './object-likeness.ts'
import type { RenameCandidate } from './rename.ts'
import type { Likeness } from './table-likeness.ts'
import { byPlace, type DescribedThing } from './things.ts'

/**
 * Pairs of what goes and what comes that may be one thing under two names, the likeliest first. A column
 * is a candidate within its table alone, a value within its enum.
 */
export function renameCandidates(
  { gone, come }: Changes,
  current: DatabaseSchema,
  target: DatabaseSchema,
  kinds: ReadonlySet<RenameKind>,
): RenameCandidate[] {
  const judge = new Judge(current, target)
  const before = byPlace(gone.filter(isAsked(kinds)))
  const after = byPlace(come.filter(isAsked(kinds)))
  const found = [...after].flatMap(([place, comers]) => {
    const goers = before.get(place) ?? []
    const isOnly = goers.length === 1 && comers.length === 1
    return comers.flatMap(to => goers.flatMap(from => judge.candidate(from, to, isOnly)))
  })
  const moved = kinds.has('table') ? moves({ gone, come }, judge) : []
  return [...found, ...moved].sort((a, b) => b.likeness - a.likeness)
}

/** Tables that go in one schema and come in another under their name. */
function moves({ gone, come }: Changes, judge: Judge): RenameCandidate[] {
  const isTable = ({ kind }: DescribedThing) => kind === 'table'
  return come
    .filter(isTable)
    .flatMap(to =>
      gone
        .filter(from => isTable(from) && from.name === to.name && from.schema !== to.schema)
        .flatMap(from => judge.candidate(from, to, false)),
    )
}

const isAsked =
  (kinds: ReadonlySet<RenameKind>) =>
  ({ kind, object }: DescribedThing): boolean =>
    kinds.has(kind) && !isOwned(object)

/** Compares two things by what their schemas say of them. */
class Judge {
  readonly #current: DatabaseSchema
  readonly #target: DatabaseSchema
  #roles: readonly ReturnType<typeof columnRoles>[] | undefined

  constructor(current: DatabaseSchema, target: DatabaseSchema) {
    this.#current = current
    this.#target = target
  }

  candidate(from: DescribedThing, to: DescribedThing, isOnly: boolean): RenameCandidate[] {
    const likeness = this.#likeness(from, to, isOnly)
    if (likeness === undefined) return []
    const { kind, schema, of, signature } = from
    const rename = { kind, schema, of, signature, from: from.name, to: to.name }
    const move = to.schema === schema ? {} : { toSchema: to.schema }
    return [{ rename: { ...rename, ...move }, ...likeness }]
  }

  #likeness(from: DescribedThing, to: DescribedThing, isOnly: boolean): Likeness | undefined {
    const [before, after] = [from.object, to.object]
    if (from.kind === 'schema')
      return schemaLikeness([this.#current, from.name], [this.#target, to.name])
    if (before === undefined || after === undefined) return undefined
    if (from.kind === 'enumValue')
      return valueLikeness(
        [(before as EnumType).values, from.name],
        [(after as EnumType).values, to.name],
        isOnly,
      )
    if (from.kind !== 'column') return objectLikeness(before, after, isOnly)
    this.#roles ??= [columnRoles(this.#current), columnRoles(this.#target)]
    const sides = [from, to].map(({ object, column }, side) => {
      if (object?.kind !== 'table' || column === undefined) return undefined
      return { table: object, column, roles: this.#roles![side]!(object, column.name) }
    })
    return sides[0] && sides[1] && columnLikeness(sides[0], sides[1], isOnly)
  }
}
