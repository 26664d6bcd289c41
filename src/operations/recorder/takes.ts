import { durationComplaint } from '../../config/duration.ts'
import { checked, takes } from '../../declarations/checked.ts'
import { identityOptions } from '../../declarations/columns.ts'
import { checkTakes } from '../../declarations/constraints.ts'
import {
  extensionTakes,
  publicationTakes,
  schemaTakes,
  statisticsTakes,
  verbatimTakes,
} from '../../declarations/others.ts'
import { policyTakes } from '../../declarations/policies.ts'
import { referenceBehaviour } from '../../declarations/references.ts'
import { aggregateTakes, routineTakes } from '../../declarations/routines.ts'
import { sequenceNature, sequenceNumbers, sequenceTakes } from '../../declarations/sequences.ts'
import * as is from '../../declarations/shapes.ts'
import { replicaIdentity, rowSecurity, tableTakes } from '../../declarations/tables.ts'
import { eventTriggerTakes, ruleTakes, triggerTakes } from '../../declarations/triggers.ts'
import {
  collationTakes,
  compositeTakes,
  domainTakes,
  enumTakes,
  rangeTakes,
} from '../../declarations/types.ts'
import { materializedViewTakes, viewTakes } from '../../declarations/views.ts'
import { privilegeWords } from '../operation.ts'
import { kindsBut } from './object-kinds.ts'
import type { OwnedKind } from './privileges.ts'

const ifNotExists = is.truth
const schema = is.name
const existing = is.anything
const uncheckedBody = is.truth

const drop = { schema, existing, ifExists: is.truth, cascade: is.truth }
const { schema: _, ...dropOutside } = drop

const keepRights = is.truth
const dropKept = { ...drop, keepRights }

/** What creates takes what the declaration of the same kind takes, and `ifNotExists`. */
const creates = <A extends is.Shapes, O extends is.Shapes>(declared: {
  readonly arguments: A
  readonly options: O
}) => takes(declared.arguments, { ...declared.options, ifNotExists })

const createsKept = <A extends is.Shapes, O extends is.Shapes>(declared: {
  readonly arguments: A
  readonly options: O
}) => takes(declared.arguments, { ...declared.options, ifNotExists, keepRights })

const replaces = <A extends is.Shapes, O extends is.Shapes>(declared: {
  readonly arguments: A
  readonly options: O
}) => takes(declared.arguments, { ...declared.options, existing })

const { name } = is
const table = is.name
const columnList = is.filledListOf(is.name, 'a list of columns')
const onTable = { name, table }
const inTable = { name: is.orNull(is.constraintName), table }

const tableChanges = {
  comment: is.orNull(is.text),
  unlogged: is.truth,
  options: is.recordOf(is.orNull(is.parameter)),
  rowSecurity,
  replicaIdentity: is.either(replicaIdentity, is.oneOf('default')),
  tablespace: is.orNull(is.name),
  triggers: is.recordOf(is.oneOf('enabled', 'disabled', 'replica', 'always')),
}

const index = {
  unique: is.truth,
  using: is.indexMethod,
  where: is.sqlAfter('WHERE'),
  include: is.listOf(is.column, 'a list of columns'),
  nullsNotDistinct: is.truth,
  with: is.parameters,
  tablespace: is.name,
  comment: is.text,
  only: is.truth,
  attachedTo: is.qualified,
  clustered: is.truth,
  statistics: is.recordOf(is.number),
}
const { include, with: parameters, tablespace, comment, only, attachedTo, clustered } = index

/** What is told of the index that keeps a constraint. */
const backing = {
  include,
  with: parameters,
  tablespace,
  only,
  attachedTo,
  clustered,
  comment,
  indexComment: is.text,
}
const key = {
  schema,
  withoutOverlaps: is.truth,
  concurrently: is.truth,
  ...is.deferral,
  ...backing,
}

const values = is.listOf(is.text, 'a list of texts')
const enumUse = is.fields({
  schema,
  table: is.needed(is.name),
  column: is.needed(is.name),
  array: is.truth,
  default: is.text,
})
const enumUses = is.listOf(
  { ...enumUse, hint: "Write { table: 't', column: 'm' }." },
  'a list of { table, column }',
)

const rows = {
  schema,
  key: is.either(is.name, columnList),
  columns: is.columns,
}

const privileges = is.either(
  is.oneOf(...privilegeWords),
  is.filledListOf(is.oneOf(...privilegeWords)),
)
const roles = is.needed(is.either(is.name, is.filledListOf(is.name, 'a list of roles')))
const privilegeOptions = {
  on: is.needed(is.anything),
  schema,
  signature: is.text,
  columns: columnList,
  withGrantOption: is.truth,
}

const numbers = {
  ...Object.fromEntries(
    Object.entries({ ...sequenceNumbers, ...sequenceNature }).map(
      ([key, shape]) => [key, is.orNull(shape)] as const,
    ),
  ),
} as Record<keyof typeof sequenceNumbers | keyof typeof sequenceNature, is.Shape>

const { indexes: _indexes, ...materialized } = materializedViewTakes.options

const owned = kindsBut(
  'constraint',
  'index',
  'trigger',
  'rule',
  'policy',
  'extension',
  'verbatim',
) satisfies OwnedKind[]

/** Hints for a comparison: of a model alone. */
const { renamedFrom: _renamed, ...tableOptions } = tableTakes.options
const { renamedFrom: _was, valuesRenamedFrom: _were, ...enumOptions } = enumTakes.options

/** What each directive takes. */
export const directives = {
  createTable: creates(takes(tableTakes.arguments, tableOptions)),
  dropTable: takes({ name }, drop),
  renameTable: takes({ name, newName: is.name }, { schema, newSchema: is.name }),
  alterTable: takes({ table }, { schema, ...tableChanges, existing: is.fields(tableChanges) }),
  batchAlterTable: takes(
    { table },
    {
      schema,
      existing,
      triggers: is.listOf(is.made('object', 'trigger(…)')),
      rebuild: is.oneOf('auto', 'always', 'never'),
      columnOrder: columnList,
    },
  ),
  attachPartition: takes(
    { table, partition: is.qualified },
    { schema, bounds: is.needed(is.textAfter('PARTITION OF')) },
  ),
  detachPartition: takes(
    { table, partition: is.qualified },
    { schema, bounds: is.textAfter('PARTITION OF') },
  ),

  addColumn: takes(
    { table, columns: is.columns },
    { schema, inline: is.truth, before: is.name, after: is.name, ifNotExists },
  ),
  dropColumn: takes({ table, column: is.name }, drop),
  alterColumn: takes(
    { table, column: is.name },
    {
      schema,
      existing,
      only: is.truth,
      newName: is.name,
      type: is.either(is.builder, is.typeName),
      using: is.sqlAfter('USING'),
      collation: is.orNull(is.name),
      nullable: is.truth,
      default: is.anything,
      identity: is.orNull(is.fields(identityOptions)),
      generated: is.orNull(is.generated),
      comment: is.orNull(is.text),
      storage: is.either(is.columnStorage, is.oneOf('default')),
      compression: is.orNull(is.compression),
      statistics: is.orNull(is.number),
    },
  ),

  createPrimaryKey: takes({ ...inTable, columns: columnList }, key),
  createUniqueConstraint: takes(
    { ...inTable, columns: columnList },
    { ...key, nullsNotDistinct: is.truth },
  ),
  createForeignKey: takes(
    {
      ...inTable,
      referredTable: is.name,
      columns: columnList,
      referredColumns: is.listOf(is.name, 'a list of columns'),
    },
    { schema, referredSchema: is.name, ...referenceBehaviour },
  ),
  createCheckConstraint: takes(
    { ...inTable, condition: checkTakes.arguments.condition },
    { schema, ...checkTakes.options },
  ),
  createExcludeConstraint: takes(
    { ...inTable, elements: is.filledListOf(is.exclusion) },
    { schema, using: is.indexMethod, where: index.where, ...is.deferral, ...backing },
  ),
  dropConstraint: takes(
    { name: is.constraintName, table },
    { type: is.oneOf('primaryKey', 'unique', 'foreignKey', 'check', 'exclude'), ...drop },
  ),
  validateConstraint: takes(onTable, { schema }),

  createIndex: takes(
    { ...inTable, keys: is.filledListOf(is.indexKey, 'a list of keys') },
    { schema, ...index, concurrently: is.truth, ifNotExists },
  ),
  dropIndex: takes({ name: is.constraintName }, { table, concurrently: is.truth, ...drop }),

  bulkInsert: takes({ table: is.anything, rows: is.anything }, rows),
  bulkDelete: takes(
    { table: is.anything, rows: is.anything },
    { ...rows, key: is.needed(rows.key) },
  ),

  execute: takes({ sql: is.sql }, { parameters: is.anything, reverse: is.sql }),
  backfill: takes(
    { table },
    {
      schema,
      set: is.anything,
      run: is.code,
      columns: columnList,
      where: is.sqlAfter('WHERE'),
      key: rows.key,
      batchSize: is.atLeast(1),
      batchTime: is.atLeast(1),
      pause: is.atLeast(0),
      reverse: is.orNull(is.fields({ set: is.needed(is.anything), where: is.sqlAfter('WHERE') })),
      offline: is.sql,
      scratch: is.truth,
    },
  ),
  run: takes({ callback: is.code }, { offline: is.sql, scratch: is.truth }),

  createEnum: creates(takes(enumTakes.arguments, enumOptions)),
  dropEnum: takes({ name }, drop),
  addEnumValue: takes(
    { name, value: is.text },
    {
      schema,
      before: is.text,
      after: is.text,
      ifNotExists,
      existing: values,
      columns: enumUses,
      comment: is.text,
    },
  ),
  renameEnumValue: takes({ name, value: is.text, newValue: is.text }, { schema }),
  replaceEnumValues: takes(
    { name, values },
    {
      schema,
      columns: is.needed(enumUses),
      mapping: is.recordOf(is.text),
      existing: values,
      comment: is.text,
    },
  ),
  createDomain: createsKept(domainTakes),
  dropDomain: takes({ name }, dropKept),
  createCompositeType: createsKept(compositeTakes),
  dropCompositeType: takes({ name }, dropKept),
  createRangeType: createsKept(rangeTakes),
  dropRangeType: takes({ name }, dropKept),
  createCollation: creates(collationTakes),
  dropCollation: takes({ name }, drop),

  createSequence: createsKept(sequenceTakes),
  dropSequence: takes({ name }, dropKept),
  alterSequence: takes({ name }, { schema, existing, ...numbers }),

  createView: createsKept(viewTakes),
  replaceView: replaces(viewTakes),
  dropView: takes({ name }, dropKept),
  createMaterializedView: takes(materializedViewTakes.arguments, {
    ...materialized,
    ifNotExists,
    keepRights,
  }),
  dropMaterializedView: takes({ name }, dropKept),

  createFunction: takes(
    { name },
    { ...routineTakes.options, ifNotExists, uncheckedBody, keepRights },
  ),
  replaceFunction: takes({ name }, { ...routineTakes.options, existing, uncheckedBody }),
  dropFunction: takes({ name }, { signature: is.text, ...dropKept }),
  createProcedure: takes(
    { name },
    { ...routineTakes.options, ifNotExists, uncheckedBody, keepRights },
  ),
  replaceProcedure: takes({ name }, { ...routineTakes.options, existing, uncheckedBody }),
  dropProcedure: takes({ name }, { signature: is.text, ...dropKept }),
  createAggregate: createsKept(aggregateTakes),
  dropAggregate: takes({ name }, { signature: is.text, ...dropKept }),

  createTrigger: creates(triggerTakes),
  dropTrigger: takes(onTable, drop),
  createRule: creates(ruleTakes),
  dropRule: takes(onTable, drop),
  createEventTrigger: creates(eventTriggerTakes),
  dropEventTrigger: takes({ name }, dropOutside),

  createPolicy: creates(policyTakes),
  dropPolicy: takes(onTable, drop),
  grant: takes({ privileges }, { ...privilegeOptions, to: roles }),
  revoke: takes(
    { privileges },
    { ...privilegeOptions, from: roles, grantOptionOnly: is.truth, cascade: is.truth },
  ),
  alterOwner: takes(
    { kind: is.oneOf(...owned), name },
    { to: is.needed(is.name), existing: is.name, schema, signature: is.text },
  ),

  createSchema: creates(schemaTakes),
  dropSchema: takes({ name }, dropOutside),
  createExtension: creates(extensionTakes),
  dropExtension: takes({ name }, drop),
  createPublication: creates(publicationTakes),
  dropPublication: takes({ name }, dropOutside),
  createStatistics: creates(statisticsTakes),
  dropStatistics: takes({ name }, drop),
  createVerbatim: creates(verbatimTakes),
  dropVerbatim: takes({ type: is.name, identity: is.name }, dropOutside),
  alterObject: takes({ object: is.anything }, { existing }),
  renameObject: takes(
    { kind: is.oneOf(...kindsBut('table', 'extension', 'verbatim')), name, newName: is.name },
    { schema, table, signature: is.text },
  ),
  renameConstraint: takes({ name, newName: is.name, table }, { schema }),
  renameIndex: takes({ name, newName: is.name }, { schema, table }),
  setComment: takes(
    { kind: is.oneOf(...kindsBut('table')), name, comment: is.orNull(is.text) },
    {
      schema,
      table,
      signature: is.text,
      type: is.name,
      column: is.name,
      constraint: is.name,
      existing: is.orNull(is.text),
    },
  ),
} as const

const duration: is.Shape = {
  name: 'a length of time',
  accepts: value => typeof value === 'string' && durationComplaint(value) === undefined,
  complaint: value =>
    durationComplaint(value) && `is ${JSON.stringify(value)}, which is no length of time.`,
  hint: "Write '500ms', '10s', '5m' or '0'.",
}

/** What `op.withTimeouts` takes. */
export const timeoutsTakes = takes({
  timeouts: is.fields({ lockTimeout: duration, statementTimeout: duration }),
  record: is.code,
})

/** The options of `op.autocommit`. */
export const autocommitTakes = takes({}, { repeatable: is.truth })

/** A directive that takes options. */
export type Directive = keyof typeof directives

/** The options of a directive, once they and its arguments are what they have to be. */
export function known<O extends object>(
  directive: Directive,
  given: readonly unknown[],
  options: O,
): O {
  return checked(`op.${directive}`, directives[directive], given, options)
}
