import type { ConstraintBody, ConstraintBuilder } from '../../declarations/constraints.ts'
import { constraintOn, type ExcludeInput, excludeElement } from '../../declarations/constraints.ts'
import {
  compact,
  invalid,
  isBranded,
  type NameInput,
  qualifiedName,
} from '../../declarations/declaration.ts'
import { type ConstraintName, droppedName, namePart } from '../../declarations/final-name.ts'
import {
  type ColumnInput,
  columnOf,
  type Parameters,
  parameters,
} from '../../declarations/indexes.ts'
import type { ReferenceOptions } from '../../declarations/references.ts'
import { type SqlText, sqlText } from '../../declarations/sql.ts'
import type {
  CheckConstraint,
  Constraint,
  ConstraintType,
  ExcludeConstraint,
  UniqueConstraint,
} from '../../schema/index.ts'
import type { CreateConstraint, Operation } from '../operation.ts'
import type { DropOptions, InSchema } from './objects.ts'

type Rest<C extends Constraint, K extends string = never> = Omit<
  C,
  | 'kind'
  | 'type'
  | 'table'
  | 'name'
  | 'hasFinalName'
  | 'columns'
  | 'include'
  | 'options'
  | 'attachedTo'
  | K
>

/** What may be said of the index that keeps a constraint. */
interface BackingOptions {
  readonly include?: readonly ColumnInput[] | undefined
  /** Storage parameters of the index. */
  readonly with?: Parameters | undefined
  /** A partition's constraint: the parent's index that its index becomes a part of. */
  readonly attachedTo?: NameInput | undefined
}

function backing({ include, with: options, attachedTo }: BackingOptions) {
  return {
    include: include?.map(columnOf),
    options: parameters(options),
    attachedTo: attachedTo === undefined ? undefined : qualifiedName(attachedTo),
  }
}

export interface UniqueOptions extends Rest<UniqueConstraint>, BackingOptions {
  /** PostgreSQL: its index is built first, while the table is written to. */
  readonly concurrently?: boolean | undefined
}

export type PrimaryKeyOptions = Omit<UniqueOptions, 'nullsNotDistinct'>

/** `createPrimaryKey` and `createUniqueConstraint`. */
export function createKey(
  type: 'primaryKey' | 'unique',
  name: ConstraintName | null,
  table: string,
  columns: readonly string[],
  { schema, include, with: options, attachedTo, concurrently, ...rest }: UniqueOptions,
): Operation {
  const create = createConstraint(schema, table, {
    type,
    ...namePart(name),
    columns,
    ...rest,
    ...backing({ include, with: options, attachedTo }),
  })
  return concurrently ? { ...create, concurrently } : create
}

export interface CreateForeignKeyOptions extends Omit<ReferenceOptions, 'name'> {
  readonly schema?: string | undefined
  /** The schema of the table it points at. */
  readonly referredSchema?: string | undefined
}

export function createForeignKey(
  name: ConstraintName | null,
  table: string,
  referredTable: string,
  columns: readonly string[],
  referredColumns: readonly string[],
  { schema, referredSchema, ...rest }: CreateForeignKeyOptions,
): Operation {
  const references = compact({
    schema: referredSchema,
    table: referredTable,
    columns: referredColumns,
  })
  const body = {
    type: 'foreignKey',
    ...namePart(name),
    columns,
    references,
    ...rest,
  } as const
  return createConstraint(schema, table, body)
}

export type CreateCheckOptions = Rest<CheckConstraint, 'expression'>

export function createCheckConstraint(
  name: ConstraintName | null,
  table: string,
  condition: SqlText,
  { schema, ...rest }: CreateCheckOptions,
): Operation {
  const expression = sqlText(condition)
  return createConstraint(schema, table, {
    type: 'check',
    ...namePart(name),
    expression,
    ...rest,
  })
}

export interface CreateExcludeOptions
  extends Rest<ExcludeConstraint, 'method' | 'elements' | 'where'>,
    BackingOptions {
  /** The method of its index: `gist`. */
  readonly using?: string | undefined
  readonly where?: SqlText | undefined
}

export function createExcludeConstraint(
  name: ConstraintName | null,
  table: string,
  elements: readonly ExcludeInput[],
  { schema, using, where, include, with: options, attachedTo, ...rest }: CreateExcludeOptions,
): Operation {
  return createConstraint(schema, table, {
    type: 'exclude',
    ...namePart(name),
    method: using,
    elements: elements.map(excludeElement),
    where: where === undefined ? undefined : sqlText(where),
    ...rest,
    ...backing({ include, with: options, attachedTo }),
  })
}

function createConstraint(
  schema: string | undefined,
  table: string,
  body: ConstraintBody,
): CreateConstraint {
  return { kind: 'createConstraint', constraint: constraintOn({ schema, name: table }, body) }
}

export interface DropConstraintOptions extends DropOptions<ConstraintBuilder> {
  readonly type?: ConstraintType | undefined
}

export function dropConstraint(
  given: ConstraintName,
  table: string,
  { schema, type, existing, ifExists, cascade }: DropConstraintOptions,
): Operation {
  const described = existing && existingConstraint(existing, given, { schema, name: table })
  return compact({
    kind: 'dropConstraint',
    schema,
    table,
    ...droppedName(given),
    type: type ?? described?.type,
    existing: described,
    ifExists,
    cascade,
  })
}

function existingConstraint(
  existing: ConstraintBuilder,
  given: ConstraintName,
  table: { readonly schema?: string | undefined; readonly name: string },
): Constraint {
  const { name } = namePart(given)
  const place = `existing of constraint ${name} of table ${table.name}`
  if (!isBranded(existing, 'constraint')) throw invalid(place, 'it is not a constraint.')
  const constraint = constraintOn(table, existing.body)
  if (constraint.name !== undefined && constraint.name !== name)
    throw invalid(place, `it describes ${constraint.name}.`)
  return { ...constraint, ...namePart(given) }
}

export function validateConstraint(name: string, table: string, { schema }: InSchema): Operation {
  return compact({ kind: 'validateConstraint', schema, table, name })
}
