import { capitalized } from '../../operations/identity.ts'
import type { CreateOperation, Operation } from '../../operations/operation.ts'
import type {
  Constraint,
  Firing,
  Namespace,
  ObjectKind,
  SchemaObject,
  Sequence,
  Trigger,
} from '../../schema/index.ts'
import { inOrderOfMention } from './order.ts'
import { Partitions } from './partitions.ts'
import { TableConstraints } from './table-constraints.ts'

/** Kinds that stand on a table or view, after everything that they may mention. */
const attached: readonly ObjectKind[] = [
  'index',
  'rule',
  'trigger',
  'policy',
  'statistics',
  'publication',
  'eventTrigger',
]

const first: readonly ObjectKind[] = ['schema', 'extension']

/** Operations that build the objects in a database that has none of them, in an order that works. */
export function createOperations(objects: readonly SchemaObject[]): Operation[] {
  const partitions = new Partitions(objects)
  const constraints = new TableConstraints(objects, partitions)
  const later = new Set<ObjectKind>([...first, ...attached, 'constraint'])
  const standing = inOrderOfMention(
    objects.filter(({ kind }) => !later.has(kind)),
    object => (object.kind === 'table' ? constraints.inside(object).flatMap(sqlOf) : []),
  )
  return [
    ...impliedSchemas(objects),
    ...first.flatMap(kind => ofKind(objects, kind)).map(create),
    ...standing.map(object => createStanding(object, constraints)),
    ...objects.filter(isSequence).flatMap(giveOwner),
    ...constraints.later.map(add),
    ...attached.flatMap(kind => attachedInOrder(ofKind(objects, kind), partitions)).map(create),
  ]
}

const add = (constraint: Constraint): Operation => ({ kind: 'createConstraint', constraint })

const isSequence = (object: SchemaObject): object is Sequence => object.kind === 'sequence'

const ofKind = (objects: readonly SchemaObject[], wanted: ObjectKind): SchemaObject[] =>
  objects.filter(({ kind }) => kind === wanted)

/**
 * Objects that stand on a table: an index that becomes a part of another comes after it, and what a
 * partition says of a trigger comes after what its parent says for all of its own.
 */
function attachedInOrder(
  objects: readonly SchemaObject[],
  partitions: Partitions,
): readonly SchemaObject[] {
  const rank = (object: SchemaObject) => {
    if (object.kind === 'trigger') return object.inherited ? partitions.depthOf(object) : 0
    return Number('attachedTo' in object && object.attachedTo !== undefined)
  }
  return [...objects].sort((a, b) => rank(a) - rank(b))
}

/** Schemas that names mention and nobody declares; an extension may be in one of the server's own. */
function impliedSchemas(objects: readonly SchemaObject[]): Operation[] {
  const declared = new Set(ofKind(objects, 'schema').map(object => (object as Namespace).name))
  const named = objects.flatMap(object =>
    'schema' in object && object.schema ? [object.schema] : [],
  )
  const implied = [...new Set(named)]
    .filter(name => !declared.has(name) && !/^pg_/.test(name))
    .sort()
  return implied.map(name => ({
    kind: 'createSchema',
    object: { kind: 'schema', name },
    ifNotExists: true,
  }))
}

function createStanding(object: SchemaObject, constraints: TableConstraints): Operation {
  switch (object.kind) {
    case 'table':
      return {
        kind: 'createTable',
        table: object,
        constraints: constraints.inside(object),
      }
    case 'sequence':
      return create({ ...object, ownedBy: undefined })
    case 'routine':
      return { kind: 'createRoutine', object, uncheckedBody: true }
    default:
      return create(object)
  }
}

function sqlOf(constraint: Constraint): string[] {
  if (constraint.type === 'check') return [constraint.expression]
  if (constraint.type !== 'exclude') return []
  return constraint.elements.flatMap(({ expression, operator }) => [expression, operator])
}

/** A sequence is given to its column when the table is there, which may need the sequence. */
function giveOwner({ schema, name, ownedBy }: Sequence): Operation[] {
  if (ownedBy === undefined) return []
  return [{ kind: 'alterSequence', schema, name, changes: { ownedBy } }]
}

function create(object: SchemaObject): Operation {
  if (object.kind === 'index') return { kind: 'createIndex', index: object }
  if (object.kind === 'trigger' && object.inherited) return fire(object, object.inherited)
  const operation = { kind: `create${capitalized(object.kind)}`, object } as CreateOperation
  // `public` and `plpgsql` are there already, and may have a comment of their own.
  return first.includes(object.kind) ? { ...operation, ifNotExists: true } : operation
}

/** A partition has its parent's trigger already: it is only told when to fire. */
function fire({ schema, table, name, enabled }: Trigger, before: Firing): Operation {
  return {
    kind: 'alterTable',
    schema,
    table,
    changes: { triggers: { [name]: enabled ?? 'enabled' } },
    existing: { triggers: { [name]: before } },
  }
}
