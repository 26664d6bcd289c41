import type { CompileTable } from '../../dialect.ts'
import { executedSql } from '../../executed-sql.ts'
import { words } from '../../sql-words.ts'
import { lacking } from '../../unsupported.ts'
import { refuse } from '../capabilities.ts'

const without = (what: string, instead: string) => lacking('SQLite', what, instead)

const noSchemas = without(
  'schemas',
  'Use one file, or ATTACH another and give its name as `schema`.',
)
const noExtensions = without('extensions that a script can load', 'Load it where you connect.')
const noCollations = without('collations written in SQL', 'Define it where you connect.')
const enumsInColumns = without(
  'enums',
  'Leave it out: a column of enumType(…) is text. Add a check of its values where they must hold.',
)
const noDomains = without('domains', 'Write the type and a check at each column.')
const noComposites = without('composite types', 'Write a column for each attribute, or json().')
const noRanges = without('range types', 'Write two columns.')
const noSequences = without('sequences', 'Let the key count: serial() or identity().')
const noRoutines = without('functions written in SQL', 'Define it where you connect.')
const noPolicies = without('row security', 'Read through a view.')
const noStatistics = without('extended statistics', 'Run ANALYZE.')
const noPublications = without('publications', 'Leave it out.')
const noComments = without('comments', 'Leave it out.')

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

  setComment: noComments,
  createSchema: noSchemas,
  dropSchema: noSchemas,
  createExtension: noExtensions,
  dropExtension: noExtensions,
  createCollation: noCollations,
  dropCollation: noCollations,
  createEnum: enumsInColumns,
  dropEnum: enumsInColumns,
  addEnumValue: enumsInColumns,
  renameEnumValue: enumsInColumns,
  replaceEnumValues: enumsInColumns,
  createDomain: noDomains,
  dropDomain: noDomains,
  createCompositeType: noComposites,
  dropCompositeType: noComposites,
  createRangeType: noRanges,
  dropRangeType: noRanges,
  createSequence: noSequences,
  alterSequence: noSequences,
  dropSequence: noSequences,
  createRoutine: noRoutines,
  replaceRoutine: noRoutines,
  dropRoutine: noRoutines,
  createAggregate: noRoutines,
  dropAggregate: noRoutines,
  createPolicy: noPolicies,
  dropPolicy: noPolicies,
  createStatistics: noStatistics,
  dropStatistics: noStatistics,
  createPublication: noPublications,
  dropPublication: noPublications,
} satisfies Partial<CompileTable>
