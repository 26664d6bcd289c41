import type { CompileTable } from '../../dialect.ts'
import { executedSql } from '../../executed-sql.ts'
import { words } from '../../sql-words.ts'
import { lacking } from '../../unsupported.ts'
import { lacks, refuse } from '../capabilities.ts'
import { quote } from '../quoting.ts'

const without = (what: string, instead: string) => lacking('MySQL', what, instead)

const noExtensions = without('extensions', 'Leave it out.')
const noCollations = without('collations of your own', 'Name one that the server has.')
const enumsInColumns = without(
  'enums outside of columns',
  'Leave it out: a column of enumType(…) brings its values along, and alterColumn with a new type changes them.',
)
const noDomains = without('domains', 'Write the type and a check at each column.')
const noComposites = without('composite types', 'Write a column for each attribute, or json().')
const noRanges = without('range types', 'Write two columns.')
const noSequences = without('sequences', 'Let a column count: serial() or identity().')
const noPolicies = without('row security', 'Read through a view.')
const noStatistics = without('extended statistics', 'Write ANALYZE … HISTOGRAM with op.execute.')
const noPublications = without('publications', 'Leave it out.')

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

  setComment: operation => {
    throw lacks(operation, 'COMMENT ON', 'Give the comment when the object is created.')
  },

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
  createPolicy: noPolicies,
  dropPolicy: noPolicies,
  createStatistics: noStatistics,
  dropStatistics: noStatistics,
  createPublication: noPublications,
  dropPublication: noPublications,
} satisfies Partial<CompileTable>
