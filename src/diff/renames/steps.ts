import type { Rename } from '../../operations/rename-words.ts'
import type { DatabaseSchema, SchemaObject } from '../../schema/index.ts'
import { type SpacedName, spacedNames, takenNames } from './spaces.ts'
import { endsOf, findThing } from './things.ts'

/** Renames in an order that works, and those whose new name something has that keeps it. */
export interface RenameSteps {
  readonly steps: readonly Rename[]
  readonly blocked: readonly Rename[]
}

/** A rename on its way. */
interface Move {
  readonly rename: Rename
  readonly object: SchemaObject | undefined
  readonly leaves: readonly SpacedName[]
  readonly takes: readonly SpacedName[]
}

/**
 * Orders renames so that each finds its new name free: those that leave a name before those that take
 * it, and in a circle one goes by way of a name that nothing has.
 */
export function stepsOf(renames: readonly Rename[], current: DatabaseSchema): RenameSteps {
  if (renames.length === 0) return { steps: [], blocked: [] }
  const taken = takenNames(current)
  const moves = renames.map(rename =>
    moveOf(rename, findThing(current, endsOf(rename).from)?.object),
  )
  const possible = withoutBlocked(moves, taken)
  return {
    steps: inOrder(possible, taken),
    blocked: moves.filter(move => !possible.includes(move)).map(({ rename }) => rename),
  }
}

function moveOf(rename: Rename, object: SchemaObject | undefined): Move {
  const { from, to } = endsOf(rename)
  return { rename, object, leaves: spacedNames(from, object), takes: spacedNames(to, object) }
}

function withoutBlocked(moves: readonly Move[], taken: ReadonlySet<SpacedName>): readonly Move[] {
  const freed = new Set(moves.flatMap(({ leaves }) => leaves))
  const possible = moves.filter(({ takes }) =>
    takes.every(name => !taken.has(name) || freed.has(name)),
  )
  return possible.length === moves.length ? possible : withoutBlocked(possible, taken)
}

function inOrder(moves: readonly Move[], taken: Set<SpacedName>): Rename[] {
  const steps: Rename[] = []
  const left = [...moves]
  while (left.length > 0) {
    const at = left.findIndex(({ takes }) => takes.every(name => !taken.has(name)))
    const [move] = at < 0 ? opened(left, taken) : left.splice(at, 1)
    if (move === undefined) break
    for (const name of move.leaves) taken.delete(name)
    for (const name of move.takes) taken.add(name)
    steps.push(move.rename)
  }
  return steps
}

/** The first half of a rename in a circle; the second half waits in its place. */
function opened(left: Move[], taken: ReadonlySet<SpacedName>): [Move | undefined] {
  const wanted = new Set(left.flatMap(({ takes }) => takes))
  const at = left.findIndex(({ leaves }) => leaves.some(name => wanted.has(name)))
  const move = left[at]
  if (move === undefined) return [undefined]
  const { rename, object } = move
  const aside = freeName(rename, object, taken)
  left[at] = moveOf({ ...rename, from: aside }, object)
  return [moveOf({ ...rename, to: aside, toSchema: undefined }, object)]
}

function freeName(
  rename: Rename,
  object: SchemaObject | undefined,
  taken: ReadonlySet<SpacedName>,
): string {
  for (let number = 1; ; number++) {
    const name = `limbeck_aside_${number}`
    const names = spacedNames({ ...endsOf(rename).to, name }, object)
    if (names.every(one => !taken.has(one))) return name
  }
}
