import type { Index, IndexElement } from '../../schema/index.ts'
import { type Entry, options, type RenderContext } from './context.ts'
import { array, type Code, call, chain, object } from './layout.ts'
import { text } from './literals.ts'
import { parameterValues } from './parameters.ts'

/** `index('ix').on(…)`, as a table's declaration and `existing` hold it. */
export function indexCode(index: Index, context: RenderContext): Code {
  const { elements, unique, method, where, include, nullsNotDistinct } = index
  const head = context.call('index', ...context.finalName(index))
  const flag = (link: string, isSet: boolean | undefined) => (isSet ? [call(link)] : [])
  return chain(head, [
    call('.on', ...elements.map(element => elementCode(element, context))),
    ...flag('.unique', unique),
    ...given('.using', method, text),
    ...given('.where', where, sql => context.sql(sql)),
    ...(include ? [call('.include', ...include.map(name => context.column(name)))] : []),
    ...flag('.nullsNotDistinct', nullsNotDistinct),
    ...given('.with', parameterValues(index.options), value => context.value(value)),
    ...given('.tablespace', index.tablespace, text),
    ...flag('.concurrently', index.concurrently),
    ...flag('.only', index.only),
    ...given('.attachedTo', index.attachedTo, parent => context.name(parent)),
    ...flag('.clustered', index.clustered),
    ...given('.statistics', index.statistics, value => context.value(value)),
    ...given('.comment', index.comment, text),
  ])
}

function given<T>(link: string, value: T | undefined, code: (value: T) => Code): Code[] {
  return value === undefined ? [] : [call(link, code(value))]
}

/** The arguments of `op.createIndex(…)`. */
export function createIndexArguments(
  index: Index,
  ifNotExists: boolean | undefined,
  context: RenderContext,
): Code[] {
  const { schema, table, elements, unique, method, where, include, ...rest } = index
  const entries = [
    ...context.entries({ schema: context.schema(schema), unique, using: method }),
    ...context.sqlEntry('where', where),
    ...context.entries({
      include,
      nullsNotDistinct: rest.nullsNotDistinct,
      with: parameterValues(rest.options),
      tablespace: rest.tablespace,
      concurrently: rest.concurrently,
      only: rest.only,
    }),
    ...context.nameEntry('attachedTo', rest.attachedTo),
    ...context.entries({
      clustered: rest.clustered,
      statistics: rest.statistics,
      comment: rest.comment,
      ifNotExists,
    }),
  ]
  const keys = elements.map(element => elementCode(element, context))
  const [name = 'null'] = context.finalName(index)
  return [name, text(table), array(keys), ...options(entries)]
}

/** One key of an index: a column's name or `t.column`, SQL, or either with its details. */
function elementCode(element: IndexElement, context: RenderContext): Code {
  const { column, expression, ...details } = element
  const isPlain = Object.values(details).every(value => value === undefined)
  if (column !== undefined && context.offers(column)) {
    return chain(context.column(column), detailLinks(details, context))
  }
  if (isPlain) return column === undefined ? context.sql(expression ?? '') : text(column)
  const key: Entry[] = column === undefined ? context.sqlEntry('expression', expression) : []
  return object([...key, ...context.entries({ column, ...details, ...classOptions(details) })])
}

function detailLinks(
  { opclass, opclassOptions, collation, order, nulls }: Omit<IndexElement, 'column' | 'expression'>,
  context: RenderContext,
): Code[] {
  const parameters = parameterValues(opclassOptions)
  const classArguments = [opclass, parameters].filter(value => value !== undefined)
  return [
    ...given('.collate', collation, text),
    ...(opclass === undefined
      ? []
      : [call('.opclass', ...classArguments.map(value => context.value(value)))]),
    ...(order === undefined ? [] : [call(`.${order}`)]),
    ...(nulls === undefined ? [] : [call(nulls === 'first' ? '.nullsFirst' : '.nullsLast')]),
  ]
}

const classOptions = ({ opclassOptions }: IndexElement) => ({
  opclassOptions: parameterValues(opclassOptions),
})
