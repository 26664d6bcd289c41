import type {
  CheckConstraint,
  Constraint,
  ExcludeConstraint,
  ForeignKey,
  PrimaryKey,
  ReferentialAction,
  UniqueConstraint,
} from '../../../schema/index.ts'
import { type CatalogQuery, isNoMember, isUserSchema } from './catalog-query.ts'
import type { ColumnsByTable } from './columns.ts'
import { withoutParentheses } from './deparsed.ts'
import { address, type FoundObject, flag, present, some } from './found-object.ts'
import { keyDecorations } from './index-definition.ts'
import { type IndexRow, indexStorage } from './indexes.ts'

type Action = 'a' | 'r' | 'c' | 'n' | 'd'

interface ConstraintRow {
  readonly oid: string
  readonly type: 'c' | 'f' | 'p' | 'u' | 'x'
  readonly schema: string
  readonly table: string
  readonly tableName: string
  readonly name: string
  readonly comment: string | null
  readonly index: string
  readonly deferrable: boolean
  readonly deferred: boolean
  readonly validated: boolean
  readonly enforced: boolean
  readonly noInherit: boolean
  /** WITHOUT OVERLAPS of a key, PERIOD of a foreign key. */
  readonly period: boolean
  readonly columnNumbers: readonly number[] | null
  readonly referredTable: string
  readonly referredSchema: string | null
  readonly referredName: string | null
  readonly referredNumbers: readonly number[] | null
  readonly onUpdate: Action
  readonly onDelete: Action
  readonly onDeleteNumbers: readonly number[] | null
  readonly match: 's' | 'f' | 'p'
  readonly expression: string | null
  /** Only of an exclusion constraint. */
  readonly definition: string | null
}

/**
 * Checks and foreign keys that come from a parent alone are left out: the parent brings them. Keys of
 * partitions are there, because each has an index of its own, attached to the parent's.
 */
export const constraintsQuery: CatalogQuery<ConstraintRow> = version => ({
  fields: {
    oid: 'k.oid',
    type: 'k.contype',
    schema: 'n.nspname',
    table: 't.oid',
    tableName: 't.relname',
    name: 'k.conname',
    comment: 'x.description',
    index: 'k.conindid',
    deferrable: 'k.condeferrable',
    deferred: 'k.condeferred',
    validated: 'k.convalidated',
    enforced: version >= 180000 ? 'k.conenforced' : 'true',
    noInherit: 'k.connoinherit',
    period: version >= 180000 ? 'k.conperiod' : 'false',
    columnNumbers: 'k.conkey',
    referredTable: 'k.confrelid',
    referredSchema: 'rn.nspname',
    referredName: 'r.relname',
    referredNumbers: 'k.confkey',
    onUpdate: 'k.confupdtype',
    onDelete: 'k.confdeltype',
    onDeleteNumbers: version >= 150000 ? 'k.confdelsetcols' : 'null',
    match: 'k.confmatchtype',
    expression: 'pg_get_expr(k.conbin, k.conrelid)',
    definition: `case when k.contype = 'x' then pg_get_constraintdef(k.oid) end`,
  },
  from: `from pg_constraint k
    join pg_class t on t.oid = k.conrelid and t.relkind in ('r', 'p')
    join pg_namespace n on n.oid = t.relnamespace
    left join pg_class r on r.oid = k.confrelid
    left join pg_namespace rn on rn.oid = r.relnamespace
    left join pg_description x on x.classoid = 'pg_constraint'::regclass and x.objoid = k.oid
    where k.contype in ('c', 'f', 'p', 'u', 'x') and ${isUserSchema}
      and (k.contype in ('p', 'u', 'x')
        or (k.conparentid = 0 and (k.conislocal or k.coninhcount = 0 or t.relispartition)))
      and ${isNoMember('pg_class', 't.oid')}`,
})

/** What constraints are read with. */
interface Relations {
  readonly columns: ColumnsByTable
  /** Indexes by their oid. */
  readonly indexes: ReadonlyMap<string, IndexRow>
}

export function readConstraints(
  rows: readonly ConstraintRow[],
  relations: Relations,
): FoundObject<Constraint>[] {
  return rows.map(row => ({
    object: readConstraint(row, relations),
    addresses: [
      address('pg_constraint', row.oid),
      ...(row.type === 'c' || row.type === 'f' ? [] : [address('pg_class', row.index)]),
    ],
  }))
}

function readConstraint(row: ConstraintRow, relations: Relations): Constraint {
  switch (row.type) {
    case 'c':
      return checkConstraint(row)
    case 'f':
      return foreignKey(row, relations)
    case 'x':
      return excludeConstraint(row, relations)
    default:
      return keyConstraint(row, relations)
  }
}

function base(row: ConstraintRow) {
  return {
    kind: 'constraint' as const,
    schema: row.schema,
    table: row.tableName,
    name: row.name,
    comment: row.comment,
  }
}

function deferral(row: ConstraintRow) {
  return { deferrable: flag(row.deferrable), initiallyDeferred: flag(row.deferred) }
}

/** What is not enforced cannot be valid: one word says both. */
function state(row: ConstraintRow) {
  return {
    notValid: flag(row.enforced && !row.validated),
    notEnforced: flag(!row.enforced),
  }
}

function keyConstraint(row: ConstraintRow, relations: Relations): PrimaryKey | UniqueConstraint {
  const index = relations.indexes.get(row.index)
  const key = {
    ...base(row),
    columns: relations.columns.names(row.table, row.columnNumbers ?? []),
    ...(index && backingIndex(index, relations.columns)),
    withoutOverlaps: flag(row.period),
    ...deferral(row),
  }
  return row.type === 'p'
    ? present({ ...key, type: 'primaryKey' as const })
    : present({
        ...key,
        type: 'unique' as const,
        nullsNotDistinct: flag(index?.nullsNotDistinct),
      })
}

function backingIndex(index: IndexRow, columns: ColumnsByTable) {
  return { ...indexStorage(index, columns), indexComment: index.comment }
}

function checkConstraint(row: ConstraintRow): CheckConstraint {
  return present({
    ...base(row),
    type: 'check' as const,
    expression: withoutParentheses(row.expression ?? ''),
    ...state(row),
    noInherit: flag(row.noInherit),
  })
}

const actions: Readonly<Record<Action, ReferentialAction | undefined>> = {
  a: undefined,
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
}

const matches = { s: undefined, f: 'full', p: 'partial' } as const

function foreignKey(row: ConstraintRow, { columns }: Relations): ForeignKey {
  return present({
    ...base(row),
    type: 'foreignKey' as const,
    columns: columns.names(row.table, row.columnNumbers ?? []),
    references: {
      schema: row.referredSchema ?? undefined,
      table: row.referredName ?? '',
      columns: columns.names(row.referredTable, row.referredNumbers ?? []),
    },
    onDelete: actions[row.onDelete],
    onDeleteColumns: some(columns.names(row.table, row.onDeleteNumbers ?? [])),
    onUpdate: actions[row.onUpdate],
    match: matches[row.match],
    period: flag(row.period),
    ...state(row),
    ...deferral(row),
  })
}

function excludeConstraint(row: ConstraintRow, { columns, indexes }: Relations): ExcludeConstraint {
  const index = indexes.get(row.index)
  return present({
    ...base(row),
    type: 'exclude' as const,
    method: index?.method === 'btree' ? null : index?.method,
    elements: keyDecorations(row.definition ?? '', index?.keys ?? []).map(key => ({
      expression: key.text,
      operator: key.operator ?? '',
    })),
    where: index?.where && withoutParentheses(index.where),
    ...(index && backingIndex(index, columns)),
    ...deferral(row),
  })
}
