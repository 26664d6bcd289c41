import {
  type AnyColumn,
  type ColumnRecord,
  declareColumn,
  defaultValue,
  type IdentityInput,
  plainColumn,
  toldOf,
} from '../../declarations/columns.ts'
import { constraintOn } from '../../declarations/constraints.ts'
import { compact, invalid } from '../../declarations/declaration.ts'
import { identityOf } from '../../declarations/sequences.ts'
import { type Sql, type SqlText, sqlText } from '../../declarations/sql.ts'
import { rejectTwins } from '../../declarations/tables.ts'
import type { Column, Identity, LiteralValue } from '../../schema/index.ts'
import type { ColumnChanges, ColumnPlace, Operation } from '../operation.ts'
import { type CreateOptions, type DropOptions, requireChange } from './objects.ts'

export interface AddColumnOptions extends CreateOptions {
  readonly schema?: string | undefined
  /** The constraints written on a column are part of its ADD COLUMN, not statements of their own. */
  readonly inline?: boolean | undefined
  /** Where the first of the columns stands, on databases that can choose: before this one … */
  readonly before?: string | undefined
  /** … or behind this one. */
  readonly after?: string | undefined
}

/** One addColumn for each column, each followed by the constraints written on it. */
export function addColumn(
  table: string,
  columns: ColumnRecord,
  { schema, ifNotExists, inline, before, after }: AddColumnOptions,
): Operation[] {
  rejectTwins(table, namesOf(columns))
  const first = before === undefined ? after && { after } : { before }
  let place: ColumnPlace | undefined = first || undefined
  return Object.entries(columns).flatMap(([key, builder]): Operation[] => {
    const { column, constraints } = declareColumn(builder, key, table)
    const written = constraints.map(body => constraintOn({ schema, name: table }, body))
    const added = compact({ kind: 'addColumn' as const, schema, table, column, place, ifNotExists })
    place = place && { after: column.name }
    if (inline) return [written.length === 0 ? added : { ...added, constraints: written }]
    return [
      added,
      ...written.map((constraint): Operation => ({ kind: 'createConstraint', constraint })),
    ]
  })
}

const namesOf = (columns: ColumnRecord) =>
  Object.entries(columns).map(([key, builder]) => ({ name: toldOf(builder, key).name ?? key }))

export function dropColumn(
  table: string,
  column: string,
  { schema, existing, ifExists, cascade }: DropOptions<AnyColumn>,
): Operation {
  return compact({
    kind: 'dropColumn',
    schema,
    table,
    column,
    existing: existing && existingColumn(existing, table, column),
    ifExists,
    cascade,
  })
}

function existingColumn(existing: AnyColumn, table: string, column: string): Column {
  return plainColumn(existing, column, `existing of ${table}.${column}`)
}

/** Changes of a column; what is not named stays. */
export interface AlterColumnOptions {
  readonly schema?: string | undefined
  readonly newName?: string | undefined
  /** A builder, or the type's name. */
  readonly type?: AnyColumn | string | undefined
  /** Turns old values into the new type: sql`status::integer`. */
  readonly using?: SqlText | undefined
  /** null: the type's own. */
  readonly collation?: string | null | undefined
  readonly nullable?: boolean | undefined
  /** null drops it. */
  readonly default?: LiteralValue | Sql | undefined
  /** null makes it an ordinary column. */
  readonly identity?: IdentityInput | null | undefined
  /** null drops the expression and keeps the values. */
  readonly generated?: Sql | Column['generated'] | null | undefined
  /** null removes it. */
  readonly comment?: string | null | undefined
  readonly storage?: ColumnChanges['storage'] | undefined
  readonly compression?: string | null | undefined
  readonly statistics?: number | null | undefined
  /** Partitions and children keep theirs as it is. */
  readonly only?: boolean | undefined
  /** The whole column as it was. */
  readonly existing?: AnyColumn | undefined
}

export function alterColumn(
  table: string,
  column: string,
  { schema, existing, only, ...changes }: AlterColumnOptions,
): Operation {
  requireChange(changes, `op.alterColumn of ${table}.${column}`)
  return compact({
    kind: 'alterColumn',
    schema,
    table,
    column,
    only,
    changes: columnChanges(changes, `${table}.${column}`),
    existing: existing && existingColumn(existing, table, column),
  })
}

function columnChanges(changes: AlterColumnOptions, place: string): ColumnChanges {
  const { type, using, nullable, default: value, identity, generated, ...rest } = changes
  return compact({
    ...rest,
    ...(type === undefined ? {} : newType(type, place)),
    using: using === undefined ? undefined : sqlText(using),
    notNull: nullable === undefined ? undefined : !nullable,
    default: value === null ? null : defaultValue(value, place),
    identity: identity && newIdentity(identity),
    ...(identity === null ? { identity } : {}),
    generated: generated && newGeneration(generated),
    ...(generated === null ? { generated } : {}),
  }) as ColumnChanges
}

/** Only the type of a builder is read here: anything else that it says would be lost. */
function newType(
  type: AnyColumn | string,
  place: string,
): Pick<ColumnChanges, 'type' | 'enumValues'> {
  if (typeof type === 'string') return { type }
  const { column, constraints, default: value } = toldOf(type, place)
  const { type: name, enumValues, notNull, ...rest } = column
  if (!notNull && value === undefined && constraints.length === 0 && Object.keys(rest).length === 0)
    return compact({ type: name, enumValues }) as ColumnChanges
  throw invalid(
    place,
    'type: takes a type alone.',
    'Write nullable, default, comment and the like as keys beside it.',
  )
}

function newIdentity({ always = false, ...input }: IdentityInput): Identity {
  const { sequenceName, unlogged, ...options } = input
  return compact({ always, sequenceName, unlogged, ...identityOf(options) })
}

function newGeneration(generated: Sql | NonNullable<Column['generated']>): Column['generated'] {
  return 'sql' in generated ? { expression: generated.sql, stored: true } : generated
}
