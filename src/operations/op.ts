import type { AnyColumn, ColumnRecord } from '../declarations/columns.ts'
import type { ExcludeInput } from '../declarations/constraints.ts'
import type { NameInput } from '../declarations/declaration.ts'
import type { IndexElementInput, Parameters } from '../declarations/indexes.ts'
import {
  type ExtensionOptions,
  extension,
  type PublicationOptions,
  publication,
  type SchemaOptions,
  type StatisticsOptions,
  schema,
  statistics,
  verbatim,
} from '../declarations/others.ts'
import { type PolicyOptions, policy } from '../declarations/policies.ts'
import {
  type AggregateOptions,
  aggregate,
  type RoutineOptions,
  routine,
} from '../declarations/routines.ts'
import { type SequenceDeclarationOptions, sequence } from '../declarations/sequences.ts'
import type { SqlText } from '../declarations/sql.ts'
import {
  table as declareTable,
  type TableExtra,
  type TableOptions,
} from '../declarations/tables.ts'
import {
  type EventTriggerOptions,
  eventTrigger,
  type RuleOptions,
  rule,
  type TriggerOptions,
  trigger,
} from '../declarations/triggers.ts'
import {
  collation,
  compositeType,
  type DomainOptions,
  domain,
  enumType,
  type RangeTypeOptions,
  rangeType,
  type TypeOptions,
} from '../declarations/types.ts'
import {
  type MaterializedViewOptions,
  materializedView,
  type ViewOptions,
  view,
} from '../declarations/views.ts'
import { LimbeckError } from '../errors.ts'
import type { Operation } from './operation.ts'
import * as columns from './recorder/columns.ts'
import { type CommentKind, type SetCommentOptions, setComment } from './recorder/comments.ts'
import * as constraints from './recorder/constraints.ts'
import {
  type ExecuteOptions,
  execute,
  type RunConnection,
  type RunOptions,
  run,
} from './recorder/execute.ts'
import * as indexes from './recorder/indexes.ts'
import {
  type CreateOptions,
  createObject,
  type Declared,
  type DropOptions,
  dropObject,
  type ReplaceOptions,
  replaceObject,
} from './recorder/objects.ts'
import { Recorder } from './recorder/recorder.ts'
import { type DropRoutineOptions, dropRoutine } from './recorder/routines.ts'
import * as tables from './recorder/tables.ts'
import * as types from './recorder/types.ts'

export type { RunConnection, RunOptions } from './recorder/execute.ts'
export { Recorder } from './recorder/recorder.ts'

type InSchema = { readonly schema?: string | undefined }
type Create = Pick<CreateOptions, 'ifNotExists'>
type UncheckedBody = Pick<CreateOptions, 'uncheckedBody'>

/**
 * What `upgrade` and `downgrade` are given. Every directive records one change, in order; nothing
 * reaches a database before the function has returned. The last argument holds the options:
 * `schema`, and for drops and alters `existing`, the description of what was there.
 */
export class Op {
  readonly #recorder: Recorder

  constructor(recorder: Recorder) {
    this.#recorder = recorder
  }

  /** CREATE TABLE from columns, and constraints and indexes beside them. */
  createTable<C extends ColumnRecord>(
    name: string,
    columns: C,
    extra: TableExtra<C>,
    options?: TableOptions & Create,
  ): void
  createTable(name: string, columns: ColumnRecord, options?: TableOptions & Create): void
  createTable<C extends ColumnRecord>(
    name: string,
    columns: C,
    extra: TableExtra<C> | (TableOptions & Create) = {},
    options: TableOptions & Create = {},
  ): void {
    const elements = typeof extra === 'function' ? extra : () => []
    const { ifNotExists, ...own } = typeof extra === 'function' ? options : extra
    const declared = declareTable(name, columns, elements, own)
    for (const operation of tables.createTable(declared, { ifNotExists })) {
      this.#recorder.add(operation)
    }
  }

  /** DROP TABLE; `existing` is the `table(…)` that comes back on reverse. */
  dropTable(name: string, options: tables.DropTableOptions = {}): void {
    this.#recorder.add(tables.dropTable(name, options))
  }

  renameTable(name: string, newName: string, { schema }: InSchema = {}): void {
    this.#recorder.add({
      kind: 'renameTable',
      ...(schema === undefined ? {} : { schema }),
      name,
      newName,
    })
  }

  /** Changes a table's own properties: its comment, row security, storage parameters, … */
  alterTable(table: string, changes: tables.AlterTableOptions): void {
    this.#recorder.add(tables.alterTable(table, changes))
  }

  /** Makes a table a partition of another. */
  attachPartition(table: string, partition: NameInput, options: tables.PartitionOptions): void {
    this.#recorder.add(tables.attachPartition(table, partition, options))
  }

  /** Makes a partition a table of its own; `bounds` are for the reverse. */
  detachPartition(
    table: string,
    partition: NameInput,
    options: Partial<tables.PartitionOptions> = {},
  ): void {
    this.#recorder.add(tables.detachPartition(table, partition, options))
  }

  /** Adds one or more columns, each with the constraints written on it. */
  addColumn(table: string, added: ColumnRecord, options: columns.AddColumnOptions = {}): void {
    for (const operation of columns.addColumn(table, added, options)) this.#recorder.add(operation)
  }

  /** Drops a column; `existing` is the builder that describes it. */
  dropColumn(table: string, column: string, options: DropOptions<AnyColumn> = {}): void {
    this.#recorder.add(columns.dropColumn(table, column, options))
  }

  /** Changes the aspects of a column that are named: type, nullable, default, newName, … */
  alterColumn(table: string, column: string, changes: columns.AlterColumnOptions): void {
    this.#recorder.add(columns.alterColumn(table, column, changes))
  }

  createPrimaryKey(
    name: string | null,
    table: string,
    columns: readonly string[],
    options: constraints.PrimaryKeyOptions = {},
  ): void {
    this.#recorder.add(constraints.createKey('primaryKey', name, table, columns, options))
  }

  createUniqueConstraint(
    name: string | null,
    table: string,
    columns: readonly string[],
    options: constraints.UniqueOptions = {},
  ): void {
    this.#recorder.add(constraints.createKey('unique', name, table, columns, options))
  }

  createForeignKey(
    name: string | null,
    table: string,
    referredTable: string,
    columns: readonly string[],
    referredColumns: readonly string[],
    options: constraints.CreateForeignKeyOptions = {},
  ): void {
    this.#recorder.add(
      constraints.createForeignKey(name, table, referredTable, columns, referredColumns, options),
    )
  }

  createCheckConstraint(
    name: string | null,
    table: string,
    condition: SqlText,
    options: constraints.CreateCheckOptions = {},
  ): void {
    this.#recorder.add(constraints.createCheckConstraint(name, table, condition, options))
  }

  createExcludeConstraint(
    name: string | null,
    table: string,
    elements: readonly ExcludeInput[],
    options: constraints.CreateExcludeOptions = {},
  ): void {
    this.#recorder.add(constraints.createExcludeConstraint(name, table, elements, options))
  }

  /** Drops a constraint of any type; `existing` is its `unique(…)`, `check(…)`, … */
  dropConstraint(
    name: string,
    table: string,
    options: constraints.DropConstraintOptions = {},
  ): void {
    this.#recorder.add(constraints.dropConstraint(name, table, options))
  }

  /** Checks the rows that were there before a constraint that is NOT VALID. */
  validateConstraint(name: string, table: string, options: InSchema = {}): void {
    this.#recorder.add(constraints.validateConstraint(name, table, options))
  }

  /** CREATE INDEX on columns, expressions, or `{ column, order, nulls, opclass }`. */
  createIndex(
    name: string | null,
    table: string,
    elements: readonly IndexElementInput[],
    options: indexes.CreateIndexOptions = {},
  ): void {
    this.#recorder.add(indexes.createIndex(name, table, elements, options))
  }

  /** DROP INDEX; `table` says whose it is, `existing` is the `index(…)` that comes back. */
  dropIndex(name: string, options: indexes.DropIndexOptions = {}): void {
    this.#recorder.add(indexes.dropIndex(name, options))
  }

  createEnum(name: string, values: readonly string[], options: TypeOptions = {}): void {
    this.#recorder.add(createObject(options, own => enumType(name, values, own)))
  }

  dropEnum(name: string, options: DropOptions<Declared<'enum'>> = {}): void {
    this.#recorder.add(dropObject('enum', { schema: options.schema, name }, options))
  }

  addEnumValue(name: string, value: string, options: types.AddEnumValueOptions = {}): void {
    this.#recorder.add(types.addEnumValue(name, value, options))
  }

  renameEnumValue(name: string, value: string, newValue: string, options: InSchema = {}): void {
    this.#recorder.add(types.renameEnumValue(name, value, newValue, options))
  }

  /** Gives an enum another list of values by building a new type and moving its columns. */
  replaceEnumValues(
    name: string,
    values: readonly string[],
    options: types.ReplaceEnumValuesOptions,
  ): void {
    this.#recorder.add(types.replaceEnumValues(name, values, options))
  }

  createDomain(name: string, base: AnyColumn | string, options: DomainOptions = {}): void {
    this.#recorder.add(createObject(options, own => domain(name, base as string, own)))
  }

  dropDomain(name: string, options: DropOptions<Declared<'domain'>> = {}): void {
    this.#recorder.add(dropObject('domain', { schema: options.schema, name }, options))
  }

  createCompositeType(name: string, attributes: ColumnRecord, options: TypeOptions = {}): void {
    this.#recorder.add(createObject(options, own => compositeType(name, attributes, own)))
  }

  dropCompositeType(name: string, options: DropOptions<Declared<'compositeType'>> = {}): void {
    this.#recorder.add(dropObject('compositeType', { schema: options.schema, name }, options))
  }

  createRangeType(name: string, subtype: AnyColumn | string, options: RangeTypeOptions = {}): void {
    this.#recorder.add(createObject(options, own => rangeType(name, subtype, own)))
  }

  dropRangeType(name: string, options: DropOptions<Declared<'rangeType'>> = {}): void {
    this.#recorder.add(dropObject('rangeType', { schema: options.schema, name }, options))
  }

  createCollation(name: string, properties: Parameters, options: TypeOptions & Create = {}): void {
    this.#recorder.add(createObject(options, own => collation(name, properties, own)))
  }

  dropCollation(name: string, options: DropOptions<Declared<'collation'>> = {}): void {
    this.#recorder.add(dropObject('collation', { schema: options.schema, name }, options))
  }

  createSequence(name: string, options: SequenceDeclarationOptions & Create = {}): void {
    this.#recorder.add(createObject(options, own => sequence(name, own)))
  }

  dropSequence(name: string, options: DropOptions<Declared<'sequence'>> = {}): void {
    this.#recorder.add(dropObject('sequence', { schema: options.schema, name }, options))
  }

  /** Changes the options of a sequence that are named; null sets one back. */
  alterSequence(name: string, changes: types.AlterSequenceOptions): void {
    this.#recorder.add(types.alterSequence(name, changes))
  }

  createView(name: string, definition: SqlText, options: ViewOptions = {}): void {
    this.#recorder.add(createObject(options, own => view(name, definition, own)))
  }

  /** CREATE OR REPLACE VIEW. */
  replaceView(
    name: string,
    definition: SqlText,
    options: ViewOptions & ReplaceOptions<'view'> = {},
  ): void {
    this.#recorder.add(replaceObject(options, own => view(name, definition, own)))
  }

  dropView(name: string, options: DropOptions<Declared<'view'>> = {}): void {
    this.#recorder.add(dropObject('view', { schema: options.schema, name }, options))
  }

  /** CREATE MATERIALIZED VIEW; its indexes are created by themselves. */
  createMaterializedView(
    name: string,
    definition: SqlText,
    options: Omit<MaterializedViewOptions, 'indexes'> & Create = {},
  ): void {
    this.#recorder.add(createObject(options, own => materializedView(name, definition, own)))
  }

  dropMaterializedView(
    name: string,
    options: DropOptions<Declared<'materializedView'>> = {},
  ): void {
    this.#recorder.add(dropObject('materializedView', { schema: options.schema, name }, options))
  }

  createFunction(name: string, options: RoutineOptions & UncheckedBody): void {
    this.#recorder.add(createObject(options, own => routine(name, { ...own, type: 'function' })))
  }

  /** CREATE OR REPLACE FUNCTION. */
  replaceFunction(name: string, options: RoutineOptions & ReplaceOptions<'routine'>): void {
    this.#recorder.add(replaceObject(options, own => routine(name, { ...own, type: 'function' })))
  }

  /** DROP FUNCTION; `signature` lists its argument types where `existing` does not tell them. */
  dropFunction(name: string, options: DropRoutineOptions = {}): void {
    this.#recorder.add(dropRoutine('function', name, options))
  }

  createProcedure(name: string, options: RoutineOptions & UncheckedBody): void {
    this.#recorder.add(createObject(options, own => routine(name, { ...own, type: 'procedure' })))
  }

  /** CREATE OR REPLACE PROCEDURE. */
  replaceProcedure(name: string, options: RoutineOptions & ReplaceOptions<'routine'>): void {
    this.#recorder.add(replaceObject(options, own => routine(name, { ...own, type: 'procedure' })))
  }

  dropProcedure(name: string, options: DropRoutineOptions = {}): void {
    this.#recorder.add(dropRoutine('procedure', name, options))
  }

  createAggregate(name: string, options: AggregateOptions): void {
    this.#recorder.add(createObject(options, own => aggregate(name, own)))
  }

  dropAggregate(
    name: string,
    options: DropOptions<Declared<'aggregate'>> & { readonly signature?: string | undefined } = {},
  ): void {
    const signature = options.signature ?? options.existing?.object.signature
    this.#recorder.add(
      dropObject('aggregate', { schema: options.schema, name, signature }, options),
    )
  }

  createTrigger(name: string, table: string, options: TriggerOptions): void {
    this.#recorder.add(createObject(options, own => trigger(name, table, own)))
  }

  dropTrigger(name: string, table: string, options: DropOptions<Declared<'trigger'>> = {}): void {
    this.#recorder.add(dropObject('trigger', { schema: options.schema, name, table }, options))
  }

  createRule(name: string, table: string, definition: SqlText, options: RuleOptions = {}): void {
    this.#recorder.add(createObject(options, own => rule(name, table, definition, own)))
  }

  dropRule(name: string, table: string, options: DropOptions<Declared<'rule'>> = {}): void {
    this.#recorder.add(dropObject('rule', { schema: options.schema, name, table }, options))
  }

  createEventTrigger(name: string, options: EventTriggerOptions): void {
    this.#recorder.add(createObject(options, own => eventTrigger(name, own)))
  }

  dropEventTrigger(
    name: string,
    options: Omit<DropOptions<Declared<'eventTrigger'>>, 'schema'> = {},
  ): void {
    this.#recorder.add(dropObject('eventTrigger', { name }, options))
  }

  createPolicy(name: string, table: string, options: PolicyOptions = {}): void {
    this.#recorder.add(createObject(options, own => policy(name, table, own)))
  }

  dropPolicy(name: string, table: string, options: DropOptions<Declared<'policy'>> = {}): void {
    this.#recorder.add(dropObject('policy', { schema: options.schema, name, table }, options))
  }

  createSchema(name: string, options: SchemaOptions & Create = {}): void {
    this.#recorder.add(createObject(options, own => schema(name, own)))
  }

  dropSchema(name: string, options: Omit<DropOptions<Declared<'schema'>>, 'schema'> = {}): void {
    this.#recorder.add(dropObject('schema', { name }, options))
  }

  createExtension(name: string, options: ExtensionOptions & Create = {}): void {
    this.#recorder.add(createObject(options, own => extension(name, own)))
  }

  dropExtension(name: string, options: DropOptions<Declared<'extension'>> = {}): void {
    this.#recorder.add(dropObject('extension', { schema: options.schema, name }, options))
  }

  createPublication(name: string, options: PublicationOptions = {}): void {
    this.#recorder.add(createObject(options, own => publication(name, own)))
  }

  dropPublication(
    name: string,
    options: Omit<DropOptions<Declared<'publication'>>, 'schema'> = {},
  ): void {
    this.#recorder.add(dropObject('publication', { name }, options))
  }

  /** CREATE STATISTICS on columns and expressions of a table. */
  createStatistics(name: string, table: NameInput, options: StatisticsOptions & Create): void {
    this.#recorder.add(createObject(options, own => statistics(name, table, own)))
  }

  dropStatistics(name: string, options: DropOptions<Declared<'statistics'>> = {}): void {
    this.#recorder.add(dropObject('statistics', { schema: options.schema, name }, options))
  }

  /** Creates an object of a rare kind by its statements; `type` and `identity` are DROP's words. */
  createVerbatim(
    type: string,
    identity: string,
    statements: SqlText | readonly SqlText[],
    options: { readonly comment?: string | undefined } = {},
  ): void {
    this.#recorder.add(createObject(options, own => verbatim(type, identity, statements, own)))
  }

  dropVerbatim(
    type: string,
    identity: string,
    options: Omit<DropOptions<Declared<'verbatim'>>, 'schema'> = {},
  ): void {
    this.#recorder.add(dropObject('verbatim', { name: identity, type }, options))
  }

  /** Sets a comment, or removes it (null), of anything but tables and columns, which are altered. */
  setComment(
    kind: CommentKind,
    name: string,
    comment: string | null,
    options: SetCommentOptions = {},
  ): void {
    this.#recorder.add(setComment(kind, name, comment, options))
  }

  /** Runs SQL as it stands; `reverse` is the SQL that undoes it. */
  execute(sql: SqlText, options: ExecuteOptions = {}): void {
    this.#recorder.add(execute(sql, options))
  }

  /** Work that must read the database: runs in its place while the migration runs. */
  run(callback: (context: RunContext) => Promise<void> | void, options: RunOptions = {}): void {
    this.#recorder.add(run(callback, options))
  }

  /** Records an operation that is already there. */
  invoke(operation: Operation): void {
    this.#recorder.add(operation)
  }
}

/** What the code of `op.run` is given. */
export interface RunContext {
  readonly connection: RunConnection
  readonly op: LiveOp
}

/** An op that works on a live database: what it recorded runs at `flush`. */
export class LiveOp extends Op {
  readonly #flush: () => Promise<void>

  constructor(recorder: Recorder, flush: () => Promise<void>) {
    super(recorder)
    this.#flush = flush
  }

  /** Runs what was recorded since the last time. */
  flush(): Promise<void> {
    return this.#flush()
  }
}

/** Calls `upgrade` or `downgrade` and gives the operations that it recorded. */
export function record(script: (op: Op) => unknown): Operation[] {
  const recorder = new Recorder()
  try {
    const result = script(new Op(recorder))
    if (isThenable(result)) throw asynchronous(result)
    return recorder.take()
  } finally {
    recorder.seal()
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof Reflect.get(value, 'then') === 'function'
  )
}

function asynchronous(promise: PromiseLike<unknown>): LimbeckError {
  // The rest of the function meets a sealed recorder: its rejection is this error's consequence.
  promise.then(undefined, () => {})
  return new LimbeckError(
    'SCRIPT_ASYNC',
    'The function returned a promise, but upgrade and downgrade only record.',
    {
      hint: 'Take async and await away; work that waits goes into op.run(async ({ connection, op }) => …).',
    },
  )
}
