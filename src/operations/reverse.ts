import { compact } from '../declarations/declaration.ts'
import { amended, LimbeckError } from '../errors.ts'
import { reverseCustom } from './custom.ts'
import { describe } from './describe.ts'
import { dropManner, identityOf, isCreate, isDrop } from './identity.ts'
import { locationOf } from './location.ts'
import { mappingBack } from './mapping-back.ts'
import type {
  AddEnumValue,
  CreateOperation,
  DropOperation,
  Operation,
  OperationKind,
  OperationOf,
  RenameObject,
  SequenceChanges,
} from './operation.ts'
import { reverseAlterColumn } from './reverse-column.ts'
import { restoreTable, reverseAlterTable } from './reverse-table.ts'
import { reverseTogether } from './reverse-together.ts'
import { rewrittenOnce } from './rewritten-once.ts'

/**
 * The operations that undo a list of them, in the order to run them. Throws `IRREVERSIBLE` with
 * every one that does not say what was there before.
 */
export function reverseAll(operations: readonly Operation[]): Operation[] {
  const refusals: LimbeckError[] = []
  const undone = operations.toReversed().flatMap(operation => {
    try {
      return reverse(operation)
    } catch (error) {
      if (!isRefusal(error)) throw error
      refusals.unshift(error)
      return []
    }
  })
  if (refusals.length > 0) throw together(refusals)
  return rewrittenOnce(undone)
}

/**
 * The operations that undo one. Throws `IRREVERSIBLE` where it does not say what was there before:
 * without `existing`, or without `reverse` for SQL.
 */
export function reverse(operation: Operation): Operation[] {
  try {
    const undone = reverseOne(operation)
    const { autocommit, timeouts } = operation
    if (!(autocommit || timeouts)) return undone
    // What may be done twice need not be undone twice.
    const manner = compact({ autocommit: autocommit && true, timeouts })
    return undone.map(one => ({ ...one, ...manner }))
  } catch (error) {
    throw isRefusal(error) ? placed(error, operation) : error
  }
}

function reverseOne(operation: Operation): Operation[] {
  if (isCreate(operation)) return [dropCreated(operation)]
  if (isDrop(operation)) return [createDropped(operation)]
  const entry = reverses[operation.kind] as (operation: Operation) => Operation[]
  return entry(operation).map(compact)
}

function dropCreated({ kind, object, ifNotExists, keepRights }: CreateOperation): Operation {
  return compact({
    kind: kind.replace('create', 'drop'),
    object: identityOf(object),
    existing: object,
    ifExists: ifNotExists,
    keepRights,
    ...dropManner(object),
  }) as DropOperation
}

function createDropped(operation: DropOperation): Operation {
  return compact({
    kind: operation.kind.replace('drop', 'create'),
    object: needed(operation, 'existing', operation.existing),
    ifNotExists: operation.ifExists,
    uncheckedBody: isText(operation.existing) || undefined,
    keepRights: operation.keepRights,
  }) as CreateOperation
}

/** A body of text is checked when it is created, and what it names may come back only later. */
function isText(object: DropOperation['existing']): boolean {
  return object?.kind === 'routine' && object.body !== undefined
}

type Reverses = {
  readonly [K in Exclude<OperationKind, (CreateOperation | DropOperation)['kind']>]: (
    operation: OperationOf<K>,
  ) => Operation[]
}

const reverses: Reverses = {
  createTable: ({ table, constraints, ifNotExists }) => [
    {
      kind: 'dropTable',
      schema: table.schema,
      name: table.name,
      existing: { table, constraints, indexes: [] },
      // One that is temporary may have gone with its session.
      ifExists: ifNotExists || table.temporary,
    },
  ],
  dropTable: operation =>
    restoreTable(needed(operation, 'existing', operation.existing), operation.ifExists),
  renameTable: operation => {
    const { schema, name, newSchema, newName } = operation
    const back = { ...operation, name: newName, newName: name }
    if (newSchema === undefined) return [back]
    return [{ ...back, schema: newSchema, newSchema: needed(operation, 'schema', schema) }]
  },
  alterTable: operation =>
    reverseAlterTable(operation, needed(operation, 'existing', operation.existing)),
  attachPartition: operation => [{ ...operation, kind: 'detachPartition' }],
  detachPartition: operation => [
    {
      ...operation,
      kind: 'attachPartition',
      bounds: needed(operation, 'bounds', operation.bounds),
    },
  ],

  addColumn: ({ schema, table, column, constraints, ifNotExists }) => [
    {
      kind: 'dropColumn',
      schema,
      table,
      column: column.name,
      existing: column,
      constraints,
      ifExists: ifNotExists,
    },
  ],
  dropColumn: operation => [
    {
      kind: 'addColumn',
      schema: operation.schema,
      table: operation.table,
      column: needed(operation, 'existing', operation.existing),
      constraints: operation.constraints,
      ifNotExists: operation.ifExists,
    },
  ],
  alterColumn: operation => [
    reverseAlterColumn(operation, needed(operation, 'existing', operation.existing)),
  ],

  createConstraint: operation => {
    const { constraint } = operation
    if ('attachedTo' in constraint && constraint.attachedTo) return goesWithItsParent
    const name = needed(operation, 'name', constraint.name)
    const { schema, table, type } = constraint
    return [{ kind: 'dropConstraint', schema, table, name, type, existing: constraint }]
  },
  dropConstraint: operation => [
    {
      kind: 'createConstraint',
      constraint: needed(operation, 'existing', operation.existing),
    },
  ],
  validateConstraint: () => [],

  createIndex: operation => {
    const { index, ifNotExists } = operation
    if (index.attachedTo) return goesWithItsParent
    const { schema, table, concurrently } = index
    const name = needed(operation, 'name', index.name)
    return [
      {
        kind: 'dropIndex',
        schema,
        name,
        table,
        existing: index,
        ifExists: ifNotExists,
        concurrently,
      },
    ]
  },
  dropIndex: operation => {
    const existing = needed(operation, 'existing', operation.existing)
    const index = compact({ ...existing, concurrently: operation.concurrently })
    return [{ kind: 'createIndex', index, ifNotExists: operation.ifExists }]
  },

  alterTableTogether: operation => [reverseTogether(operation, reverse)],

  addEnumValue: reverseAddEnumValue,
  renameEnumValue: operation => [
    { ...operation, value: operation.newValue, newValue: operation.value },
  ],
  replaceEnumValues: operation => [
    {
      ...operation,
      values: needed(operation, 'existing', operation.existing),
      mapping: mappingBack(operation),
      existing: operation.values,
    },
  ],

  alterSequence: operation => {
    const existing = needed(operation, 'existing', operation.existing)
    return [
      { ...operation, changes: formerOf(operation.changes, existing), existing: operation.changes },
    ]
  },

  replaceView: operation => [
    {
      ...operation,
      object: needed(operation, 'existing', operation.existing),
      existing: operation.object,
    },
  ],
  replaceRoutine: operation => [
    {
      ...operation,
      uncheckedBody: isText(operation.existing) || undefined,
      object: needed(operation, 'existing', operation.existing),
      existing: operation.object,
    },
  ],

  alterObject: ({ kind, object, existing }) => [{ kind, object: existing, existing: object }],

  renameObject: operation => {
    const { object, newName } = operation
    const newObject = { ...object, name: newName } as RenameObject['object']
    return [{ ...operation, object: newObject, newName: needed(operation, 'name', object.name) }]
  },
  setComment: operation => [
    {
      ...operation,
      comment: needed(operation, 'existing', operation.existing),
      existing: operation.comment,
    },
  ],

  grant: ({ to, ...operation }) => [{ ...operation, kind: 'revoke', from: to }],
  revoke: ({ from, grantOptionOnly, cascade: _, ...operation }) => [
    {
      ...operation,
      kind: 'grant',
      to: from,
      withGrantOption: grantOptionOnly || operation.withGrantOption,
    },
  ],
  alterOwner: operation => [
    {
      ...operation,
      to: needed(operation, 'existing', operation.existing),
      existing: operation.to,
    },
  ],

  execute: operation => {
    const sql = needed(operation, 'reverse', operation.reverse)
    // What bound values undo is not known without them, and `reverse` cannot carry any.
    return [{ kind: 'execute', sql, ...(operation.parameters ? {} : { reverse: operation.sql }) }]
  },
  bulkInsert: operation => {
    const { kind: _, ...rows } = operation
    return [{ ...rows, kind: 'bulkDelete', key: needed(operation, 'key', operation.key) }]
  },
  bulkDelete: ({ kind: _, ...rows }) => [{ ...rows, kind: 'bulkInsert' }],
  backfill: operation => {
    const { set, where, callback, columns, offline, scratch, location, reverse, ...walk } =
      operation
    const back = needed(operation, 'reverse', reverse)
    if (back === null) return []
    return [{ ...walk, ...back, reverse: set === undefined ? undefined : compact({ set, where }) }]
  },
  custom: operation => needed(operation, 'reverse', reverseCustom(operation)),
  run: operation => {
    throw irreversible(operation, 'reverse', 'Write the downgrade by hand.')
  },
}

/** An index that is attached to a partitioned one cannot be dropped: it goes with that, or its table. */
const goesWithItsParent: Operation[] = []

/**
 * A value leaves an enum only with its type: the columns move to a new one, and what else needs the
 * type makes way for that.
 */
function reverseAddEnumValue(operation: AddEnumValue): Operation[] {
  const { schema, name, value, before, after, columns = [], dependents = [], comment } = operation
  const values = needed(operation, 'existing', operation.existing)
  if (operation.ifNotExists && values.includes(value)) return []
  const place = before === undefined ? values.indexOf(after ?? '') + 1 : values.indexOf(before)
  const existing = values.toSpliced((before ?? after) ? place : values.length, 0, value)
  return [
    ...dependents,
    { kind: 'replaceEnumValues', schema, name, values, columns, existing, comment },
    ...reverseAll(dependents),
  ]
}

/** What each changed option was; one that was not set goes back to the default. */
function formerOf(changes: SequenceChanges, existing: SequenceChanges): SequenceChanges {
  const keys = Object.keys(changes) as (keyof SequenceChanges)[]
  return Object.fromEntries(keys.map(key => [key, existing[key] ?? null]))
}

/** A field that only the reverse needs. */
function needed<T>(operation: Operation, field: string, value: T | undefined): T {
  if (value !== undefined) return value
  const hint =
    field === 'existing'
      ? 'Describe what was there before with the option `existing`, or write the downgrade by hand.'
      : `Give \`${field}\`, or write the downgrade by hand.`
  throw irreversible(operation, field, hint)
}

function irreversible(operation: Operation, missing: string, hint: string): LimbeckError {
  const why = operation.kind === 'run' ? 'it is code.' : `it has no \`${missing}\`.`
  return new LimbeckError(
    'IRREVERSIBLE',
    `${operation.kind} (${describe(operation)}) cannot be reversed: ${why}`,
    { facts: { operation: operation.kind, description: describe(operation), missing }, hint },
  )
}

const isRefusal = (error: unknown): error is LimbeckError =>
  error instanceof LimbeckError && error.code === 'IRREVERSIBLE'

/** The refusal with the place where the operation was recorded; one inside another has that one's. */
function placed(error: LimbeckError, operation: Operation): LimbeckError {
  const location = error.facts.path === undefined ? locationOf(operation) : undefined
  if (location === undefined) return error
  const { file: path, line, column } = location
  return amended(error, {
    message: `${path}:${line}:${column}: ${error.message}`,
    facts: { ...error.facts, path, line, column },
  })
}

function together(refusals: readonly LimbeckError[]): LimbeckError {
  const [first] = refusals as [LimbeckError]
  if (refusals.length === 1) return first
  const messages = refusals.map(({ message }) => `  ${message}`)
  return new LimbeckError(
    'IRREVERSIBLE',
    [`${refusals.length} operations cannot be reversed:`, ...messages].join('\n'),
    {
      facts: { path: first.facts.path, operations: refusals.map(({ facts }) => facts) },
      hint: 'Give each what it lacks (`existing` describes what was there before), or write the downgrade by hand.',
    },
  )
}
