import type { OperationOf } from '../operations/operation.ts'
import type { Constraint, SchemaObject } from '../schema/index.ts'
import { without } from './equal.ts'

type SetComment = OperationOf<'setComment'>

/** An object without its comment and those of its parts. */
export function withoutComments(object: SchemaObject): object {
  const rest = without(object, 'comment')
  switch (object.kind) {
    case 'constraint':
      return 'indexComment' in object ? without(object, 'comment', 'indexComment') : rest
    case 'view':
    case 'materializedView':
      return without(object, 'comment', 'columnComments')
    case 'domain':
      return { ...rest, checks: object.checks.map(check => without(check, 'comment')) }
    case 'compositeType':
      return { ...rest, attributes: object.attributes.map(part => without(part, 'comment')) }
    default:
      return rest
  }
}

/** The operations that turn the comments of an object, otherwise unchanged, into the target's. */
export function commentChanges(current: SchemaObject, target: SchemaObject): SetComment[] {
  const before = commentsOf(current)
  const after = commentsOf(target)
  const places = [...before.keys(), ...[...after.keys()].filter(place => !before.has(place))]
  return places
    .filter(place => before.get(place)?.text !== after.get(place)?.text)
    .map(place => ({
      kind: 'setComment',
      object: target,
      ...(after.get(place) ?? before.get(place))?.on,
      comment: after.get(place)?.text ?? null,
      existing: before.get(place)?.text ?? null,
    }))
}

interface Comment {
  readonly text: string
  readonly on: Partial<Pick<SetComment, 'object' | 'column' | 'constraint'>>
}

function commentsOf(object: SchemaObject): Map<string, Comment> {
  const comments = new Map<string, Comment>()
  const add = (text: string | undefined, on: Comment['on']) => {
    if (text !== undefined) comments.set(JSON.stringify(on), { text, on })
  }
  add(commentOf(object), {})
  for (const [column, text] of columnComments(object)) add(text, { column })
  if ('indexComment' in object) add(object.indexComment, { object: indexBehind(object) })
  if (object.kind === 'domain') {
    for (const { name, comment } of object.checks) add(comment, { constraint: name })
  }
  return comments
}

/**
 * The comment that is there. A database is born with one on its schema `public`, which descriptions leave
 * out; there the empty one stands for none.
 */
function commentOf(object: SchemaObject): string | undefined {
  const { comment } = object
  if (object.kind !== 'schema' || object.name !== 'public') return comment
  return (comment ?? 'standard public schema') || undefined
}

/** The index of a constraint, as far as it takes to name it. */
function indexBehind({ schema, table, name }: Constraint): SchemaObject {
  return { kind: 'index', schema, table, name, elements: [] }
}

function columnComments(object: SchemaObject): [string, string | undefined][] {
  switch (object.kind) {
    case 'view':
    case 'materializedView':
      return Object.entries(object.columnComments ?? {})
    case 'compositeType':
      return object.attributes.map(({ name, comment }) => [name, comment])
    default:
      return []
  }
}
