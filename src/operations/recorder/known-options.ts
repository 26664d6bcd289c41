import { isRecord } from '../../config/shapes.ts'
import { invalid, whatIs } from '../../declarations/declaration.ts'
import { didYouMean } from '../../text/nearest.ts'

const drop = 'schema existing ifExists cascade'
const plainDrop = 'existing ifExists cascade'
const type = 'schema comment ifNotExists'
const view = 'schema options comment columnNames columnComments'
const body = 'arguments returns language body sqlBody library window'
const behaviour = 'volatility strict securityDefiner leakproof parallel cost rows support settings'
const routine =
  `schema signature ${body} ${behaviour} transformTypes comment type uncheckedBody` as const
const deferral = 'deferrable initiallyDeferred'
const backing = 'include with tablespace only attachedTo clustered comment indexComment'
const look = 'type using collation nullable default identity generated comment'
const storage = 'schema comment unlogged options rowSecurity replicaIdentity tablespace'
const index = 'unique using where include nullsNotDistinct with tablespace comment statistics'
const numbers = 'start increment minValue maxValue cache cycle type ownedBy'

/**
 * What each directive may be told, in words. Scripts run without a type checker, and an option that is
 * passed over in silence (`concurently: true`) is noticed too late.
 */
export const optionWords = {
  createTable: `${storage} temporary partitionBy partitionOf inherits ofType accessMethod ifNotExists`,
  dropTable: drop,
  renameTable: 'schema',
  alterTable: `${storage} triggers existing`,
  batchAlterTable: 'schema existing triggers rebuild columnOrder',
  attachPartition: 'schema bounds',
  detachPartition: 'schema bounds',
  addColumn: 'schema inline before after ifNotExists',
  dropColumn: drop,
  alterColumn: `schema existing newName ${look} storage compression statistics`,
  createPrimaryKey: `schema withoutOverlaps concurrently ${deferral} ${backing}`,
  createUniqueConstraint: `schema nullsNotDistinct withoutOverlaps concurrently ${deferral} ${backing}`,
  createForeignKey: `schema referredSchema onDelete onDeleteColumns onUpdate match notValid notEnforced period comment ${deferral}`,
  createCheckConstraint: 'schema notValid notEnforced noInherit comment',
  createExcludeConstraint: `schema using where ${deferral} ${backing}`,
  dropConstraint: `type ${drop}`,
  validateConstraint: 'schema',
  createIndex: `schema ${index} concurrently only attachedTo clustered ifNotExists`,
  dropIndex: `table concurrently ${drop}`,
  bulkInsert: 'schema key columns',
  bulkDelete: 'schema key columns',
  execute: 'parameters reverse',
  backfill: 'schema set where key batchSize batchTime pause reverse run columns offline scratch',
  run: 'offline scratch',
  createEnum: type,
  dropEnum: drop,
  addEnumValue: 'schema before after ifNotExists existing columns comment',
  renameEnumValue: 'schema',
  replaceEnumValues: 'schema columns mapping existing comment',
  createDomain: `notNull default collation checks ${type}`,
  dropDomain: drop,
  createCompositeType: type,
  dropCompositeType: drop,
  createRangeType: `options ${type}`,
  dropRangeType: drop,
  createCollation: type,
  dropCollation: drop,
  createSequence: `unlogged ${numbers} ${type}`,
  dropSequence: drop,
  alterSequence: `schema existing ${numbers}`,
  createView: `${view} columnDefaults ifNotExists`,
  replaceView: `${view} columnDefaults existing`,
  dropView: drop,
  createMaterializedView: `${view} tablespace accessMethod columnStorage ifNotExists`,
  dropMaterializedView: drop,
  createFunction: `${routine} ifNotExists`,
  replaceFunction: `${routine} existing`,
  dropFunction: `signature ${drop}`,
  createProcedure: `${routine} ifNotExists`,
  replaceProcedure: `${routine} existing`,
  dropProcedure: `signature ${drop}`,
  createAggregate: `arguments signature options ${type}`,
  dropAggregate: `signature ${drop}`,
  createTrigger: `timing events updateOf forEach when execute constraint oldTable newTable enabled ${type}`,
  dropTrigger: drop,
  createRule: `enabled ${type}`,
  dropRule: drop,
  createEventTrigger: 'event tags execute enabled comment ifNotExists',
  dropEventTrigger: plainDrop,
  createPolicy: `using withCheck restrictive command roles ${type}`,
  dropPolicy: drop,
  createSchema: 'comment ifNotExists',
  dropSchema: plainDrop,
  createExtension: `version ${type}`,
  dropExtension: drop,
  createPublication: 'objects options comment ifNotExists',
  dropPublication: plainDrop,
  createStatistics: `on kinds target ${type}`,
  dropStatistics: drop,
  createVerbatim: 'cascade comment ifNotExists',
  dropVerbatim: plainDrop,
  renameObject: 'schema table signature',
  renameConstraint: 'schema',
  renameIndex: 'schema table',
  setComment: 'schema table signature type column constraint existing',
  grant: 'on to schema signature columns withGrantOption',
  revoke: 'on from schema signature columns withGrantOption grantOptionOnly cascade',
  alterOwner: 'to existing schema signature',
} as const

/** A directive that takes options. */
export type OptionDirective = keyof typeof optionWords

/** Options without which a directive means nothing. */
const requiredWords: { readonly [D in OptionDirective]?: string } = {
  attachPartition: 'bounds',
  replaceEnumValues: 'columns',
  createFunction: 'language',
  replaceFunction: 'language',
  createProcedure: 'language',
  replaceProcedure: 'language',
  createAggregate: 'arguments options',
  createTrigger: 'timing events execute',
  createEventTrigger: 'event execute',
  createStatistics: 'on',
}

/** The options of a directive, once each is one that it knows and none is missing. */
export function known<O extends object>(directive: OptionDirective, options: O): O {
  const place = `op.${directive}`
  const words = optionWords[directive].split(' ')
  const listed = `Its options are ${words.join(', ')}.`
  if (!isRecord(options))
    throw invalid(place, `what should be its options is ${whatIs(options)}.`, listed)
  const stranger = Object.keys(options).find(key => !words.includes(key))
  if (stranger !== undefined)
    throw invalid(place, `it has no option ${stranger}.`, didYouMean(stranger, words) ?? listed)
  const missing = requiredWords[directive]?.split(' ').find(key => options[key as never] == null)
  if (missing !== undefined) throw invalid(place, `its option ${missing} is missing.`, listed)
  return options
}
