import type { CompileTable } from '../../dialect.ts'
import { executedSql } from '../../executed-sql.ts'
import { words } from '../../sql-words.ts'
import { lacking, lackingObjects } from '../../unsupported.ts'
import { refuse } from '../capabilities.ts'

const noSchemas = lacking(
  'SQLite',
  'schemas',
  'Use one file, or ATTACH another and give its name as `schema`.',
)
const inCode = { what: 'functions written in SQL', instead: 'Define it where you connect.' }
const noRoutines = lacking('SQLite', inCode.what, inCode.instead)
const noRoles = lacking('SQLite', 'roles', 'Leave it out: who may open the file may do everything.')
const noRenames = lacking(
  'SQLite',
  'other names for anything but tables and columns',
  'Drop it, and create it under its new name.',
)
const noAlteration = lacking(
  'SQLite',
  'changes of such an object in place',
  'Drop it, and create it as it is to be.',
)
const noComments = lacking('SQLite', 'comments', 'Leave it out.')

const lacked = lackingObjects('SQLite', {
  extension: {
    what: 'extensions that a script can load',
    instead: 'Load it where you connect.',
  },
  collation: { what: 'collations written in SQL', instead: 'Define it where you connect.' },
  enum: {
    what: 'enums',
    instead:
      'Leave it out: a column of enumType(…) is text. Add a check of its values where they must hold.',
  },
  domain: { what: 'domains', instead: 'Write the type and a check at each column.' },
  compositeType: {
    what: 'composite types',
    instead: 'Write a column for each attribute, or json().',
  },
  rangeType: { what: 'range types', instead: 'Write two columns.' },
  sequence: { what: 'sequences', instead: 'Let the key count: serial() or identity().' },
  policy: { what: 'row security', instead: 'Read through a view.' },
  statistics: { what: 'extended statistics', instead: 'Run ANALYZE.' },
  publication: { what: 'publications', instead: 'Leave it out.' },
  rule: { what: 'rewrite rules', instead: 'Write a trigger.' },
  eventTrigger: { what: 'event triggers', instead: 'Leave it out.' },
  aggregate: inCode,
  materializedView: {
    what: 'materialized views',
    instead: 'Fill a table of your own, or write a plain view.',
  },
})

/** What is executed as it was written, and the kinds of object that SQLite lacks. */
export const others = {
  createVerbatim: operation => {
    refuse(operation, operation.object, { comment: 'comments' })
    return operation.object.statements
  },
  dropVerbatim: ({ object, ifExists }) => [
    words(`DROP ${object.type ?? ''}`, ifExists && 'IF EXISTS', object.name),
  ],

  execute: ({ sql, parameters }) => [
    {
      sql: executedSql(sql),
      ...(parameters === undefined ? {} : { parameters }),
      transactional: !/^\s*(vacuum|pragma\s+(foreign_keys|journal_mode)\b|(at|de)tach)\b/i.test(
        sql,
      ),
    },
  ],

  alterObject: noAlteration,
  renameObject: noRenames,
  setComment: noComments,
  grant: noRoles,
  revoke: noRoles,
  alterOwner: noRoles,
  createSchema: noSchemas,
  dropSchema: noSchemas,
  createRoutine: noRoutines,
  replaceRoutine: noRoutines,
  dropRoutine: noRoutines,
  ...lacked,
} satisfies Partial<CompileTable>
