import type { Operation } from '../../../src/operations/operation.ts'
import type { Column, Constraint, SchemaObject } from '../../../src/schema/index.ts'
import { plainDefault } from '../../../src/scripts/render/defaults.ts'

/**
 * Operations as they count as equal: without absent fields and the default schema, with the name
 * that PostgreSQL gives a primary key left out, and with defaults plain where they can be.
 */
export function normalise(operations: readonly Operation[]): unknown {
  return operations.map(operation => plain(operation))
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  const given = Object.entries(specific(value)).filter(
    ([key, field]) => field !== undefined && !(/schema/i.test(key) && field === 'public'),
  )
  return Object.fromEntries(given.map(([key, field]) => [key, plain(field)]))
}

const describesByName = (kind: unknown) =>
  kind === 'setComment' || kind === 'alterOwner' || kind === 'renameObject'

function specific(value: object): object {
  if ('kind' in value && describesByName(value.kind)) return commented(value as never)
  if ('constraints' in value) return { ...value, constraints: sorted(value.constraints as never) }
  if ('type' in value && value.type === 'primaryKey') return chosenName(value as Constraint)
  if ('type' in value && 'notNull' in value) return column(value as Column)
  if ('changes' in value && 'column' in value) return altered(value as never)
  if ('subtype' in value) return { ...value, subtype: ownType(value.subtype as string) }
  if ('type' in value && 'name' in value && !('kind' in value)) return typed(value as never)
  return value
}

const ownType = (type: string) => type.replace(/^public\./, '')

const typed = (value: { type?: string | undefined }) =>
  value.type === undefined ? value : { ...value, type: ownType(value.type) }

function column(value: Column): object {
  const sql = value.default && 'sql' in value.default ? value.default.sql : undefined
  const literal = sql === undefined ? undefined : plainDefault(sql, value.type ?? '')
  return typed({
    ...value,
    default: literal === undefined ? value.default : { value: literal },
  } as never)
}

function altered(value: {
  changes: { type?: string; default?: object | null }
  existing?: Column
}): object {
  const { changes, existing } = value
  const type = changes.type ?? existing?.type ?? ''
  const own = changes.type === undefined ? {} : { type: ownType(changes.type) }
  const { default: literal } = column({
    name: '',
    notNull: false,
    type,
    default: changes.default ?? undefined,
  } as Column) as Column
  return { ...value, changes: { ...changes, ...own, ...(literal ? { default: literal } : {}) } }
}

function chosenName(constraint: Constraint): object {
  return constraint.name === `${constraint.table}_pkey`
    ? { ...constraint, name: undefined }
    : constraint
}

/** The order of constraints means nothing. */
function sorted(constraints: readonly Constraint[]): unknown[] {
  const text = (value: unknown) => JSON.stringify(value, Object.keys(value as object).sort())
  return constraints.map(plain).sort((a, b) => (text(a) < text(b) ? -1 : 1))
}

/** Of the object of setComment and alterOwner only what names it counts. */
function commented(value: { object: SchemaObject }): object {
  const { object } = value
  const isRoutine = object.kind === 'routine' || object.kind === 'verbatim'
  const fields: Record<string, unknown> = { ...object }
  const table = typeof fields.table === 'string' ? fields.table : undefined
  const { kind, schema, name, signature, identity } = fields
  const type = isRoutine ? object.type : undefined
  return {
    ...value,
    kind: 'comment',
    object: { kind, schema, name, signature, identity, table, type },
  }
}
