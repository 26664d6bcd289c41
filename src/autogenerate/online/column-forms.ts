import { compact } from '../../declarations/declaration.ts'
import { alteredColumn } from '../../operations/altered-column.ts'
import type {
  AddColumn,
  AlterColumn,
  Backfill,
  OnTable,
  Operation,
} from '../../operations/operation.ts'
import { serialBase } from '../../operations/type-names.ts'
import {
  type CheckConstraint,
  type Column,
  type DefaultValue,
  isExpression,
  quoteIdentifier,
} from '../../schema/index.ts'
import { validation, waitingSteps } from './constraint-forms.ts'
import { rewritesTable } from './rewrites.ts'
import type { Situation } from './situation.ts'
import { alone, type OnlineForm, plain, type Step } from './step.ts'
import { mayVary } from './volatile.ts'

/** A column that comes to a table that is in use. */
export function addedColumnForm(operation: AddColumn, situation: Situation): OnlineForm {
  const { column } = operation
  const what = situation.names.column(operation, column.name)
  const rewriting = rewritingKind(column, situation)
  if (rewriting !== undefined)
    return plain(operation, `${what} is ${rewriting}: PostgreSQL rewrites the table to add it`)
  const varies = column.default !== undefined && variesByRow(column.default, situation)
  const lacksValues = column.notNull && column.default === undefined
  if (!varies && !lacksValues) return plain(operation)
  const key = situation.walkedKey(operation)
  if (key === undefined)
    return plain(
      operation,
      `${what} is added at once: ${situation.names.table(operation)} has no key along which a backfill could walk`,
    )
  const columns = key.type === 'primaryKey' ? undefined : key.columns
  return {
    steps: filledSteps(operation, columns, situation),
    note: lacksValues
      ? `${what} is NOT NULL and has no default: write what rows that are there get into op.backfill, which says NULL`
      : undefined,
  }
}

/** What makes PostgreSQL write every row anew when the column is added. */
function rewritingKind(column: Column, { target }: Situation): string | undefined {
  if (column.generated) return column.generated.stored ? 'generated and stored' : undefined
  if (column.identity) return 'an identity'
  if (serialBase(column.type)) return column.type
  const domain = target.objects.get(`domain:${column.type}`)
  const isChecked = domain?.kind === 'domain' && (domain.notNull || domain.checks.length > 0)
  return isChecked ? `of the domain ${column.type}, which has constraints` : undefined
}

function variesByRow(value: DefaultValue, { target }: Situation): boolean {
  return isExpression(value) && mayVary(value.sql, target)
}

/** Comes empty, gets its default for new rows, then its values, and is NOT NULL in the end. */
function filledSteps(
  operation: AddColumn,
  key: readonly string[] | undefined,
  situation: Situation,
): Step[] {
  const { schema, table, column } = operation
  const { default: value, ...rest } = column
  const bare: Column = { ...rest, notNull: false }
  const withDefault = value === undefined ? bare : { ...bare, default: value }
  const on = { schema, table, column: column.name }
  const filled = filling(on, value ?? { value: null }, key)
  return [
    { operation: { ...operation, column: bare }, stage: 'inside', about: 'columns' },
    ...(value === undefined
      ? []
      : [inside({ ...on, changes: { default: value }, existing: bare })]),
    { operation: filled, stage: 'backfill', about: 'backfill' },
    ...(column.notNull ? provenSteps(on, withDefault, situation, 'outside') : []),
  ]
}

function filling(
  { schema, table, column }: OnTable & { readonly column: string },
  value: DefaultValue,
  key: readonly string[] | undefined,
): Backfill {
  return compact({
    kind: 'backfill',
    schema,
    table,
    set: { [column]: value },
    where: `${quoteIdentifier(column)} IS NULL`,
    key,
    reverse: null,
  })
}

/** A column of a table that is in use becomes another. */
export function alteredColumnForm(operation: AlterColumn, situation: Situation): OnlineForm {
  const { changes, existing } = operation
  const reason = reasonAgainst(operation, situation)
  if (reason !== undefined) return plain(operation, reason)
  if (changes.notNull !== true || existing === undefined) return plain(operation)
  const { notNull: _, identity, ...first } = changes
  const before = alteredColumn(existing, first)
  const on = { schema: operation.schema, table: operation.table, column: operation.column }
  return {
    steps: [
      ...(Object.keys(first).length === 0 ? [] : [inside({ ...on, changes: first, existing })]),
      ...provenSteps(on, before, situation, 'inside', identity),
    ],
  }
}

function reasonAgainst(operation: AlterColumn, situation: Situation): string | undefined {
  const { changes, existing } = operation
  const what = situation.names.column(operation, operation.column)
  if (changes.newName !== undefined) return undefined
  if (changes.generated)
    return `${what} gets another expression: PostgreSQL computes all of its values while the table is locked`
  if (changes.type !== undefined && existing !== undefined && !existing.generated) {
    if (changes.using !== undefined || rewritesTable(existing.type, changes.type))
      return `${what} becomes ${changes.type}: PostgreSQL rewrites the table while it is locked`
  }
  return undefined
}

/** NOT NULL by a check that was proved before, so that nothing is read while the table is locked. */
function provenSteps(
  on: OnTable & { readonly column: string },
  existing: Column,
  situation: Situation,
  stage: 'inside' | 'outside',
  identity?: AlterColumn['changes']['identity'],
): Step[] {
  const { schema, table, column } = on
  const check: CheckConstraint = {
    kind: 'constraint',
    schema,
    table,
    name: situation.freeConstraintName(on, `${table}_${column}_filled`),
    type: 'check',
    expression: `${quoteIdentifier(column)} IS NOT NULL`,
  }
  const [create] = waitingSteps(check)
  const { name = '' } = check
  const changes = compact({ notNull: true, identity })
  return [
    stage === 'inside' ? create! : alone(create!.operation, 'validate'),
    validation({ schema, table, name }),
    inside({ ...on, changes, existing }),
    {
      operation: {
        kind: 'dropConstraint',
        schema,
        table,
        name,
        type: 'check',
        // What undoes it must not read the table either.
        existing: { ...check, notValid: true },
      },
      stage: 'inside',
      about: 'not null',
    },
  ]
}

function inside(alter: Omit<AlterColumn, 'kind'>): Step {
  const operation: Operation = { kind: 'alterColumn', ...alter }
  return { operation, stage: 'inside', about: alter.changes.notNull ? 'not null' : undefined }
}
