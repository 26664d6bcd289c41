import type { CreateIndex, DropIndex, Operation } from '../../../operations/operation.ts'
import type { Index, IndexElement } from '../../../schema/index.ts'
import type { CompileOptions, CompileTable } from '../../dialect.ts'
import { type Clause, given, incomplete, keyWord, parenthesized, words } from '../../sql-words.ts'
import { mariadbWords, refuse } from '../capabilities.ts'
import { commentLiteral, quote } from '../quoting.ts'
import { alterTable, tableName } from './names.ts'

export const indexes = {
  createIndex: (operation, options) => [createIndex(operation, options)],
  dropIndex: (operation, options) => [dropIndex(operation, options)],
} satisfies Partial<CompileTable>

/** Methods that are a word before INDEX; the others follow the keys. */
const prefixes = ['fulltext', 'spatial']

function createIndex(operation: CreateIndex, options: CompileOptions): string {
  const { index, ifNotExists } = operation
  refuse(operation, index, {
    where: 'partial indexes',
    include: 'columns that an index only carries along',
    nullsNotDistinct: 'NULLS NOT DISTINCT',
    tablespace: 'tablespaces of an index',
    only: 'partitions that are tables',
    attachedTo: 'partitions that are tables',
    clustered: 'CLUSTER',
    statistics: 'statistics targets',
  })
  const kind = words(indexKind(index), 'INDEX')
  const head =
    index.name === undefined
      ? `${alterTable(index)} ADD ${kind}`
      : words(
          `CREATE ${kind}`,
          mariadbWords('IF NOT EXISTS', ifNotExists, operation, options),
          `${quote(index.name)} ON ${tableName(index)}`,
        )
  const keys = index.elements.map(element => indexElement(element, operation))
  return words(head, `(${keys.join(', ')})`, ...indexOptions(index, operation))
}

function indexKind({ unique, method }: Index): Clause {
  if (method !== undefined && prefixes.includes(method.toLowerCase())) return keyWord(method)
  return unique && 'UNIQUE'
}

function indexElement(element: IndexElement, operation: Operation): string {
  refuse(operation, element, {
    opclass: 'operator classes',
    collation: 'a collation of its own for each key of an index',
    nulls: 'NULLS FIRST and NULLS LAST in an index',
  })
  const { column, expression = '', prefix, order } = element
  // An expression among the keys has parentheses of its own.
  const key = column === undefined ? parenthesized(expression) : quote(column)
  return words(`${key}${prefix === undefined ? '' : `(${prefix})`}`, order && keyWord(order))
}

function indexOptions(index: Index, operation: Operation): Clause[] {
  const { parser, visible, key_block_size: size, ...others } = index.options ?? {}
  refuse(operation, { options: Object.keys(others) }, { options: 'these options of an index' })
  const method = index.method?.toLowerCase()
  return [
    method !== undefined && !prefixes.includes(method) && `USING ${quote(index.method ?? method)}`,
    given(size, bytes => `KEY_BLOCK_SIZE=${bytes}`),
    given(parser, name => `WITH PARSER ${quote(name)}`),
    given(index.comment, text => `COMMENT ${commentLiteral(text)}`),
    visible === 'false' && 'INVISIBLE',
    index.concurrently && 'ALGORITHM=INPLACE LOCK=NONE',
  ]
}

function dropIndex(operation: DropIndex, options: CompileOptions): string {
  const { schema, name, ifExists, concurrently } = operation
  const table = operation.table ?? operation.existing?.table
  refuse(operation, operation, { cascade: 'CASCADE' })
  if (table === undefined) {
    throw incomplete(
      `The table of index ${name} is not named, and in MySQL an index belongs to its table.`,
      'Give `table`.',
      { index: name },
    )
  }
  const drop = words(
    'DROP INDEX',
    mariadbWords('IF EXISTS', ifExists, operation, options),
    quote(name),
  )
  return concurrently
    ? `${alterTable({ schema, table })} ${drop}, ALGORITHM=INPLACE, LOCK=NONE`
    : `${drop} ON ${tableName({ schema, table })}`
}
