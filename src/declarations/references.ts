import type { ForeignKey } from '../schema/index.ts'
import { takes } from './checked.ts'
import { compact, invalid } from './declaration.ts'
import type { ConstraintName } from './final-name.ts'
import * as is from './shapes.ts'

/** What a foreign key points at: `'users.id'`, or the parts of its name. */
export type ReferenceInput = string | Reference

/** A column of another table; without `column`, the table's primary key. */
export interface Reference {
  readonly schema?: string | undefined
  readonly table: string
  readonly column?: string | undefined
}

/** How a foreign key behaves, and its name. */
export interface ReferenceOptions
  extends Omit<
    ForeignKey,
    'kind' | 'schema' | 'table' | 'type' | 'name' | 'hasFinalName' | 'columns' | 'references'
  > {
  readonly name?: ConstraintName | undefined
}

const actions = is.oneOf('no action', 'restrict', 'cascade', 'set null', 'set default')

/** How a foreign key behaves. */
export const referenceBehaviour = {
  onDelete: actions,
  onDeleteColumns: is.filledListOf(is.name, 'a list of columns'),
  onUpdate: actions,
  match: is.oneOf('full', 'partial'),
  notValid: is.truth,
  notEnforced: is.truth,
  period: is.truth,
  comment: is.text,
  ...is.deferral,
} satisfies is.ShapesOf<Omit<ReferenceOptions, 'name'>>

/** What a foreign key that is written on a column is told. */
export const referenceTakes = takes(
  {
    to: is.either(
      is.name,
      is.fields({ schema: is.name, table: is.needed(is.name), column: is.name }),
    ),
  },
  { ...referenceBehaviour, name: is.constraintName } satisfies is.ShapesOf<ReferenceOptions>,
)

/** Reads what a foreign key of the column at `place` points at. */
export function readReference(to: ReferenceInput, place: string): ForeignKey['references'] {
  const { schema, table, column } = typeof to === 'string' ? readParts(to, place) : to
  return compact({ schema, table, columns: column === undefined ? [] : [column] })
}

function readParts(text: string, place: string): Reference {
  const parts = text.split('.')
  const [table, column] = parts
  if (parts.length === 2 && table && column) return { table, column }
  throw invalid(
    place,
    `references('${text}') has ${parts.length === 1 ? 'one part' : `${parts.length} parts`}, not table.column.`,
    objectForm(parts),
  )
}

function objectForm(parts: readonly string[]): string {
  const [schema, table, column] = parts.length > 2 ? parts : ['…', parts[0] || '…', '…']
  return `Write references({ schema: '${schema}', table: '${table}', column: '${column}' }).`
}
