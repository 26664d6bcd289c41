import { customLosses } from './custom.ts'
import { Names } from './describe-names.ts'
import { FormerNames } from './former-names.ts'
import { Fresh } from './fresh.ts'
import { isDrop } from './identity.ts'
import { comesBack } from './mapping-back.ts'
import { isUnboundedText, narrows } from './narrowing.ts'
import { oneByOne } from './one-by-one.ts'
import type {
  AlterColumn,
  AlterObject,
  DropOperation,
  OnTable,
  Operation,
  ReplaceEnumValues,
} from './operation.ts'
import { parseTypeName } from './type-names.ts'

/** Data that operations give up. */
export interface Loss {
  readonly kind: 'table' | 'column' | 'rows' | 'enumValue' | 'sequence' | 'dependents' | 'custom'
  /** Its name: `users`, `users.nick`, `order_status.shipped`. */
  readonly what: string
  /** How it goes, in a few words: `varchar(320) → varchar(100)`. */
  readonly detail: string
}

/**
 * What an ordered list of operations destroys of the data that is there before it: for an upgrade,
 * what no downgrade brings back; for a downgrade, what was written since. It goes under the names that it
 * has before the list. Tables and columns that the list itself creates hold nothing yet. What is opaque is not known here.
 */
export function destroys(
  operations: readonly Operation[],
  defaultSchema: string = 'public',
): Loss[] {
  const fresh = new Fresh(new Names(defaultSchema))
  const former = new FormerNames(defaultSchema)
  return operations.flatMap(oneByOne).flatMap(operation => {
    const lost = isOnFresh(operation, fresh) ? [] : losses(operation, former)
    fresh.follow(operation)
    former.follow(operation)
    return lost
  })
}

/** Whether nobody can tell what an operation does to the data: SQL and code of the project's own. */
export function isOpaque(operation: Operation): boolean {
  const { kind } = operation
  if (kind === 'custom') return operation.definition.loses === undefined
  return kind === 'execute' || kind === 'run' || kind === 'backfill'
}

/**
 * Whether nobody can tell what some of the operations do to the data that is there before them and
 * before those of `earlier`. A backfill of columns that these made changes nothing else.
 */
export function hasOpaque(
  operations: readonly Operation[],
  defaultSchema: string = 'public',
  earlier: readonly Operation[] = [],
): boolean {
  const fresh = new Fresh(new Names(defaultSchema))
  for (const operation of earlier.flatMap(oneByOne)) fresh.follow(operation)
  return operations.flatMap(oneByOne).some(operation => {
    if (isOpaque(operation) && !fillsFresh(operation, fresh)) return true
    fresh.follow(operation)
    return false
  })
}

function fillsFresh(operation: Operation, fresh: Fresh): boolean {
  if (operation.kind !== 'backfill' || typeof operation.set !== 'object') return false
  return Object.keys(operation.set).every(column => fresh.hasColumn(operation, column))
}

function isOnFresh(operation: Operation, fresh: Fresh): boolean {
  switch (operation.kind) {
    case 'dropTable':
      return fresh.hasTable({ schema: operation.schema, table: operation.name })
    case 'bulkDelete':
      return fresh.hasTable(operation)
    case 'dropColumn':
    case 'alterColumn':
      return fresh.hasColumn(operation, operation.column)
    default:
      return false
  }
}

function losses(operation: Operation, names: FormerNames): Loss[] {
  switch (operation.kind) {
    case 'dropTable': {
      if (operation.existing?.table.temporary) return []
      const what = names.table({ schema: operation.schema, table: operation.name })
      return [{ kind: 'table', what, detail: 'dropped' }, ...cascade(operation.cascade, what)]
    }
    case 'dropColumn':
      return operation.existing?.generated ? [] : [columnLoss(operation, 'dropped', names)]
    case 'alterColumn':
      return alteredValues(operation).map(detail => columnLoss(operation, detail, names))
    case 'bulkDelete': {
      const number = operation.rows.length
      const detail = `${number} row${number === 1 ? ' is' : 's are'} deleted`
      return [{ kind: 'rows', what: names.table(operation), detail }]
    }
    case 'replaceEnumValues':
      return goneValues(operation, names)
    case 'alterObject':
      return goneAttributes(operation, names)
    case 'custom':
      return customLosses(operation)
    default:
      return isDrop(operation) ? droppedObject(operation, names) : []
  }
}

/** What a composite type has no more, its values in tables lose. */
function goneAttributes({ object, existing }: AlterObject, names: Names): Loss[] {
  if (object.kind !== 'compositeType' || existing.kind !== 'compositeType') return []
  const kept = new Set(object.attributes.map(({ name }) => name))
  return existing.attributes
    .filter(({ name }) => !kept.has(name))
    .map(({ name }) => ({
      kind: 'column',
      what: `${names.of(existing)}.${name}`,
      detail: 'dropped',
    }))
}

function columnLoss(on: OnTable & { readonly column: string }, detail: string, names: Names): Loss {
  return { kind: 'column', what: names.column(on, on.column), detail }
}

function cascade(isCascade: boolean | undefined, what: string): Loss[] {
  return isCascade ? [{ kind: 'dependents', what, detail: 'CASCADE drops what depends on it' }] : []
}

/** How a change of the column loses values of it. */
function alteredValues({ column, changes, existing }: AlterColumn): string[] {
  if (existing?.generated) return []
  if (changes.generated) return ['its values are replaced by generated ones']
  if (changes.using !== undefined && !isCastOf(column, changes.using)) {
    return [`replaced by ${changes.using}`]
  }
  const { type } = changes
  if (type === undefined) return []
  if (existing === undefined) return isUnboundedText(parseTypeName(type)) ? [] : [`to ${type}`]
  return narrows(existing.type, type) ? [`${existing.type} → ${type}`] : []
}

/** Whether an expression only casts the column: `status::text::public.status`. */
function isCastOf(column: string, expression: string): boolean {
  const [value = '', ...types] = expression.split('::')
  const isColumn = value === column || value === `"${column.replaceAll('"', '""')}"`
  return isColumn && types.every(type => /^[\w .,"()[\]]+$/.test(type))
}

function goneValues(operation: ReplaceEnumValues, names: FormerNames): Loss[] {
  const { values, existing = [], mapping = {} } = operation
  const gone = new Set([...existing, ...Object.keys(mapping)].filter(v => !values.includes(v)))
  const lost = [...gone].filter(value => !comesBack(operation, value))
  return lost.map(value => ({
    kind: 'enumValue',
    what: `${names.enumType(operation)}.${value}`,
    detail: mapping[value] === undefined ? 'removed' : `becomes ${mapping[value]}`,
  }))
}

/** Types and the like hold no data, but CASCADE takes the columns that use them. */
const cascadesToData = new Set<DropOperation['kind']>([
  'dropSchema',
  'dropExtension',
  'dropCollation',
  'dropEnum',
  'dropDomain',
  'dropCompositeType',
  'dropRangeType',
  'dropRoutine',
  'dropVerbatim',
])

function droppedObject(operation: DropOperation, names: Names): Loss[] {
  const what = names.of(operation.object)
  if (operation.kind === 'dropSequence') {
    return [{ kind: 'sequence', what, detail: 'its position' }]
  }
  const { kind, existing, cascade: isCascade } = operation
  // A base type is only dropped with its functions; what else rests on it is dropped before.
  const isOwn = existing?.kind === 'verbatim' && existing.cascade
  return cascadesToData.has(kind) && !isOwn ? cascade(isCascade, what) : []
}
