import type { CreateIndex } from '../../../operations/operation.ts'
import type { Statement } from '../../../operations/statement.ts'
import type { Index, IndexElement } from '../../../schema/index.ts'
import type { CompileOptions, CompileTable } from '../../dialect.ts'
import { refuseFacets } from '../../unsupported.ts'
import { requireFeature } from '../capabilities.ts'
import { quote, quoteList, quoteQualified } from '../quoting.ts'
import {
  collate,
  commentOn,
  given,
  incomplete,
  keyExpression,
  keyWord,
  parameters,
  parenthesized,
  withParameters,
  words,
} from './sql.ts'
import { alterTable, tableName } from './table-names.ts'

export const indexes = {
  createIndex: (operation, options) => [
    statement(createIndex(operation, options), operation.index.concurrently),
    ...afterIndex(operation.index),
  ],

  dropIndex: operation => [
    statement(
      words(
        'DROP INDEX',
        operation.concurrently && 'CONCURRENTLY',
        operation.ifExists && 'IF EXISTS',
        quoteQualified(operation),
        operation.cascade && 'CASCADE',
      ),
      operation.concurrently,
    ),
  ],
} satisfies Partial<CompileTable>

function statement(sql: string, concurrently: boolean | undefined): Statement {
  return { sql, transactional: !concurrently }
}

/** CREATE INDEX, without what is said of the index afterwards. */
export function createIndex({ index, ifNotExists }: CreateIndex, options: CompileOptions): string {
  if (index.nullsNotDistinct) requireFeature('nullsNotDistinct', options)
  refuseFacets(
    'PostgreSQL',
    { kind: 'createIndex', index },
    { prefix: index.elements.filter(({ prefix }) => prefix !== undefined) },
    { prefix: 'prefixes in an index' },
  )
  return words(
    index.unique ? 'CREATE UNIQUE INDEX' : 'CREATE INDEX',
    index.concurrently && 'CONCURRENTLY',
    ifNotExists && 'IF NOT EXISTS',
    given(index.name, quote),
    index.only ? 'ON ONLY' : 'ON',
    tableName(index),
    given(index.method, method => `USING ${quote(method)}`),
    `(${index.elements.map(indexElement).join(', ')})`,
    index.include?.length && `INCLUDE (${quoteList(index.include)})`,
    index.nullsNotDistinct && 'NULLS NOT DISTINCT',
    withParameters(index.options),
    given(index.tablespace, name => `TABLESPACE ${quote(name)}`),
    given(index.where, where => `WHERE ${parenthesized(where)}`),
  )
}

function indexElement(element: IndexElement): string {
  const { column, expression = '', opclass, opclassOptions, order, nulls } = element
  return words(
    column === undefined ? keyExpression(expression) : quote(column),
    collate(element.collation),
    opclass,
    opclassOptions && parameters(opclassOptions),
    order && keyWord(order),
    nulls && `NULLS ${keyWord(nulls)}`,
  )
}

/** What an index needs said once it exists. */
function afterIndex(index: Index): string[] {
  const own = () => quoteQualified({ schema: index.schema, name: nameOf(index) })
  const statements = Object.entries(index.statistics ?? {}).map(
    ([position, target]) =>
      `ALTER INDEX ${own()} ALTER COLUMN ${position} SET STATISTICS ${target}`,
  )
  if (index.attachedTo) {
    statements.push(`ALTER INDEX ${quoteQualified(index.attachedTo)} ATTACH PARTITION ${own()}`)
  }
  if (index.clustered) statements.push(`${alterTable(index)} CLUSTER ON ${quote(nameOf(index))}`)
  if (index.comment !== undefined) statements.push(...commentOn(`INDEX ${own()}`, index.comment))
  return statements
}

function nameOf(index: Index): string {
  if (index.name !== undefined) return index.name
  throw incomplete(
    `An index of table ${index.table} needs a name to be referred to.`,
    'Name the index, or leave out its comment and statistics.',
    { table: index.table },
  )
}
