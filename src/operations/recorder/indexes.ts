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
  type IndexBuilder,
  type IndexElementInput,
  indexElement,
  indexOn,
  type Parameters,
  parameters,
} from '../../declarations/indexes.ts'
import { type SqlText, sqlText } from '../../declarations/sql.ts'
import type { Index } from '../../schema/index.ts'
import type { Operation } from '../operation.ts'
import type { CreateOptions, DropOptions } from './objects.ts'

/** What createIndex may be told beside the keys. */
export interface CreateIndexOptions extends CreateOptions {
  readonly schema?: string | undefined
  readonly unique?: boolean | undefined
  /** Its method: `gin`, `gist`, `brin`, `hash`, … */
  readonly using?: string | undefined
  readonly where?: SqlText | undefined
  readonly include?: readonly ColumnInput[] | undefined
  readonly nullsNotDistinct?: boolean | undefined
  /** Storage parameters: `{ fillfactor: 70 }`. */
  readonly with?: Parameters | undefined
  readonly tablespace?: string | undefined
  readonly comment?: string | undefined
  /** Built without blocking writes. */
  readonly concurrently?: boolean | undefined
  /** Only on a partitioned table itself, not on its partitions. */
  readonly only?: boolean | undefined
  /** A partition's index: the parent's index that it becomes a part of. */
  readonly attachedTo?: NameInput | undefined
  readonly clustered?: boolean | undefined
  /** Statistics targets of its expressions, by position from 1. */
  readonly statistics?: Readonly<Record<number, number>> | undefined
}

export function createIndex(
  name: ConstraintName | null,
  table: string,
  elements: readonly IndexElementInput[],
  {
    ifNotExists,
    schema,
    using,
    where,
    include,
    with: options,
    attachedTo,
    ...rest
  }: CreateIndexOptions,
): Operation {
  const body = {
    ...namePart(name),
    elements: elements.map(indexElement),
    ...rest,
    method: using,
    where: where === undefined ? undefined : sqlText(where),
    include: include?.map(columnOf),
    options: parameters(options),
    attachedTo: attachedTo === undefined ? undefined : qualifiedName(attachedTo),
  }
  return compact({
    kind: 'createIndex',
    index: indexOn({ schema, name: table }, body),
    ifNotExists,
  })
}

export interface DropIndexOptions extends DropOptions<IndexBuilder> {
  /** Its table; needed beside `existing`. */
  readonly table?: string | undefined
  /** Without blocking writes. */
  readonly concurrently?: boolean | undefined
}

export function dropIndex(
  given: ConstraintName,
  { schema, table, existing, ifExists, cascade, concurrently }: DropIndexOptions,
): Operation {
  return compact({
    kind: 'dropIndex',
    schema,
    ...droppedName(given),
    table,
    existing: existing && existingIndex(existing, given, { schema, table }),
    ifExists,
    cascade,
    concurrently,
  })
}

function existingIndex(
  existing: IndexBuilder,
  given: ConstraintName,
  { schema, table }: Pick<DropIndexOptions, 'schema' | 'table'>,
): Index {
  const { name } = namePart(given)
  const place = `existing of index ${name}`
  if (!isBranded(existing, 'index')) throw invalid(place, 'it is not an index(…).')
  if (table === undefined)
    throw invalid(place, 'the table is not named.', "Write table: '…' beside it.")
  const index = indexOn({ schema, name: table }, existing.body)
  if (index.name !== undefined && index.name !== name)
    throw invalid(place, `it describes ${index.name}.`)
  return { ...index, ...namePart(given) }
}
