import type { MaterializedView, View } from '../../../schema/index.ts'
import type { CompileOptions, CompileTable } from '../../dialect.ts'
import { quote, quoteList, quoteQualified } from '../quoting.ts'
import { columnStorage } from './column-definition.ts'
import { dropObject, ownComment } from './objects.ts'
import { type Clause, comment, commentOn, given, withParameters, words } from './sql.ts'
import { unlessExists } from './unless-exists.ts'

export const views = {
  createView: ({ object, ifNotExists }) => [
    unlessExists(viewDefinition('CREATE VIEW', object), ifNotExists),
    ...columnDefaults(object),
    ...ownComment(object),
    ...columnComments(object),
  ],

  replaceView: ({ object, existing }) => [
    viewDefinition('CREATE OR REPLACE VIEW', object),
    ...formerDefaults(object, existing),
    ...columnDefaults(object),
    ...formerComments(object, existing),
    ...ownComment(object),
    ...columnComments(object),
  ],

  dropView: dropObject('view'),

  createMaterializedView: ({ object, ifNotExists }, options) => [
    materializedView(object, ifNotExists),
    ...storage(object, options),
    ...ownComment(object),
    ...columnComments(object),
  ],

  dropMaterializedView: dropObject('materializedView'),
} satisfies Partial<CompileTable>

function viewDefinition(verb: string, view: View): string {
  const head = words(verb, quoteQualified(view), columnNames(view), withParameters(view.options))
  return `${head} AS\n${view.definition}`
}

function materializedView(view: MaterializedView, ifNotExists: boolean | undefined): string {
  const head = words(
    'CREATE MATERIALIZED VIEW',
    ifNotExists && 'IF NOT EXISTS',
    quoteQualified(view),
    columnNames(view),
    given(view.accessMethod, method => `USING ${quote(method)}`),
    withParameters(view.options),
    given(view.tablespace, name => `TABLESPACE ${quote(name)}`),
  )
  return `${head} AS\n${view.definition}`
}

function storage(view: MaterializedView, options: CompileOptions): string[] {
  return Object.entries(view.columnStorage ?? {}).flatMap(([column, wanted]) => {
    const alter = `ALTER MATERIALIZED VIEW ${quoteQualified(view)} ALTER COLUMN ${quote(column)}`
    return columnStorage(alter, wanted, options)
  })
}

function columnNames({ columnNames: names }: View | MaterializedView): Clause {
  return names?.length && `(${quoteList(names)})`
}

function columnDefaults(view: View): string[] {
  return Object.entries(view.columnDefaults ?? {}).map(
    ([column, value]) => `${alterViewColumn(view, column)} SET DEFAULT ${value}`,
  )
}

function columnComments(view: View | MaterializedView): string[] {
  return Object.entries(view.columnComments ?? {}).flatMap(([column, text]) =>
    commentOn(columnTarget(view, column), text),
  )
}

/** Defaults that the replaced view had and this one has not: CREATE OR REPLACE keeps them. */
function formerDefaults(view: View, existing: View | undefined): string[] {
  return missing(existing?.columnDefaults, view.columnDefaults).map(
    column => `${alterViewColumn(view, column)} DROP DEFAULT`,
  )
}

/** The same for comments. */
function formerComments(view: View, existing: View | undefined): string[] {
  const isGone = existing?.comment !== undefined && view.comment === undefined
  return [
    ...(isGone ? [comment(`VIEW ${quoteQualified(view)}`, null)] : []),
    ...missing(existing?.columnComments, view.columnComments).map(column =>
      comment(columnTarget(view, column), null),
    ),
  ]
}

function missing(
  before: Readonly<Record<string, string>> = {},
  after: Readonly<Record<string, string>> = {},
): string[] {
  return Object.keys(before).filter(key => !(key in after))
}

function alterViewColumn(view: View, column: string): string {
  return `ALTER VIEW ${quoteQualified(view)} ALTER COLUMN ${quote(column)}`
}

function columnTarget(view: View | MaterializedView, column: string): string {
  return `COLUMN ${quoteQualified(view)}.${quote(column)}`
}
