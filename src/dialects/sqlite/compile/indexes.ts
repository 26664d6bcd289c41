import type { CreateIndex, Operation } from '../../../operations/operation.ts'
import type { Index, IndexElement } from '../../../schema/index.ts'
import type { CompileTable } from '../../dialect.ts'
import { given, incomplete, keyWord, words } from '../../sql-words.ts'
import { refuse } from '../capabilities.ts'
import { quote, quoteQualified } from '../quoting.ts'

export const indexes = {
  createIndex: operation => [createIndex(operation, operation)],

  dropIndex: operation => {
    const { schema, name, ifExists } = operation
    refuse(operation, operation, {
      cascade: 'CASCADE',
      concurrently: 'indexes that go without a lock',
    })
    return [words('DROP INDEX', ifExists && 'IF EXISTS', quoteQualified({ schema, name }))]
  },
} satisfies Partial<CompileTable>

/** CREATE INDEX: the schema stands before the index's name, since its table is there too. */
export function createIndex(
  { index, ifNotExists }: Pick<CreateIndex, 'index' | 'ifNotExists'>,
  operation: Operation,
): string {
  refuse(operation, index, {
    method: 'methods of an index',
    include: 'columns that an index only carries along',
    nullsNotDistinct: 'NULLS NOT DISTINCT',
    options: 'options of an index',
    tablespace: 'tablespaces',
    comment: 'comments',
    only: 'partitions',
    attachedTo: 'partitions',
    clustered: 'CLUSTER',
    statistics: 'statistics targets',
    concurrently: 'indexes that are built without a lock',
  })
  return words(
    index.unique ? 'CREATE UNIQUE INDEX' : 'CREATE INDEX',
    ifNotExists && 'IF NOT EXISTS',
    quoteQualified({ schema: index.schema, name: nameOf(index) }),
    `ON ${quote(index.table)}`,
    `(${index.elements.map(element => indexElement(element, operation)).join(', ')})`,
    given(index.where, where => `WHERE ${where}`),
  )
}

function indexElement(element: IndexElement, operation: Operation): string {
  refuse(operation, element, {
    opclass: 'operator classes',
    prefix: 'prefixes in an index',
    nulls: 'NULLS FIRST and NULLS LAST in an index',
  })
  const { column, expression = '', collation, order } = element
  return words(
    column === undefined ? expression.trim() : quote(column),
    given(collation, name => `COLLATE ${quote(name)}`),
    order && keyWord(order),
  )
}

function nameOf(index: Index): string {
  if (index.name !== undefined) return index.name
  throw incomplete(`An index of table ${index.table} needs a name in SQLite.`, 'Name it.', {
    table: index.table,
  })
}
