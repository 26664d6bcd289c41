import type { CompileTable } from '../../dialect.ts'
import { executedSql } from '../../executed-sql.ts'
import { words } from '../../sql-words.ts'
import { lackingObjects } from '../../unsupported.ts'
import { lacks, refuse } from '../capabilities.ts'
import { quote } from '../quoting.ts'
import { alterTable } from './names.ts'

const lacked = lackingObjects('MySQL', {
  extension: { what: 'extensions', instead: 'Leave it out.' },
  collation: { what: 'collations of your own', instead: 'Name one that the server has.' },
  enum: {
    what: 'enums outside of columns',
    instead:
      'Leave it out: a column of enumType(…) brings its values along, and alterColumn with a new type changes them.',
  },
  domain: { what: 'domains', instead: 'Write the type and a check at each column.' },
  compositeType: {
    what: 'composite types',
    instead: 'Write a column for each attribute, or json().',
  },
  rangeType: { what: 'range types', instead: 'Write two columns.' },
  sequence: { what: 'sequences', instead: 'Let a column count: serial() or identity().' },
  policy: { what: 'row security', instead: 'Read through a view.' },
  statistics: {
    what: 'extended statistics',
    instead: 'Write ANALYZE … HISTOGRAM with op.execute.',
  },
  publication: { what: 'publications', instead: 'Leave it out.' },
  rule: { what: 'rewrite rules', instead: 'Write a trigger.' },
  eventTrigger: { what: 'event triggers', instead: 'Leave it out.' },
  aggregate: { what: 'aggregates written in SQL', instead: 'Compute it in the query.' },
  materializedView: {
    what: 'materialized views',
    instead: 'Fill a table of your own, or write a plain view.',
  },
})

/** Schemas, what is executed as it was written, and the kinds of object that MySQL lacks. */
export const others = {
  createSchema: operation => {
    const { object, ifNotExists } = operation
    refuse(operation, object, { comment: 'comments on schemas' })
    return [words('CREATE SCHEMA', ifNotExists && 'IF NOT EXISTS', quote(object.name))]
  },
  dropSchema: ({ object, ifExists }) => [
    words('DROP SCHEMA', ifExists && 'IF EXISTS', quote(object.name)),
  ],

  createVerbatim: operation => {
    refuse(operation, operation.object, { comment: 'comments on such an object' })
    return operation.object.statements
  },
  dropVerbatim: ({ object, ifExists }) => [
    words(`DROP ${object.type ?? ''}`, ifExists && 'IF EXISTS', object.name),
  ],

  execute: ({ sql, parameters }) => [
    {
      sql: executedSql(sql),
      ...(parameters === undefined ? {} : { parameters }),
      transactional: true,
    },
  ],

  alterObject: operation => {
    const instead = 'Drop it, and create it as it is to be.'
    throw lacks(operation, 'changes of such an object in place', instead)
  },

  renameObject: operation => {
    const { object, newName } = operation
    const instead = 'Drop it, and create it under its new name.'
    if (object.kind !== 'index') throw lacks(operation, 'other names for such an object', instead)
    return [`${alterTable(object)} RENAME INDEX ${quote(object.name ?? '')} TO ${quote(newName)}`]
  },
  setComment: operation => {
    throw lacks(operation, 'COMMENT ON', 'Give the comment when the object is created.')
  },

  ...lacked,
} satisfies Partial<CompileTable>
