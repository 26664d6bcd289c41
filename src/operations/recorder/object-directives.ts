import type { AnyColumn, ColumnRecord } from '../../declarations/columns.ts'
import type { NameInput } from '../../declarations/declaration.ts'
import type { Parameters } from '../../declarations/indexes.ts'
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
} from '../../declarations/others.ts'
import { type PolicyOptions, policy } from '../../declarations/policies.ts'
import {
  type AggregateOptions,
  aggregate,
  type RoutineOptions,
  routine,
} from '../../declarations/routines.ts'
import { type SequenceDeclarationOptions, sequence } from '../../declarations/sequences.ts'
import type { SqlText } from '../../declarations/sql.ts'
import {
  type EventTriggerOptions,
  eventTrigger,
  type RuleOptions,
  rule,
  type TriggerOptions,
  trigger,
} from '../../declarations/triggers.ts'
import {
  collation,
  compositeType,
  type DomainOptions,
  domain,
  enumType,
  type RangeTypeOptions,
  rangeType,
  type TypeOptions,
} from '../../declarations/types.ts'
import {
  type MaterializedViewOptions,
  materializedView,
  type ViewOptions,
  view,
} from '../../declarations/views.ts'
import type { Privilege } from '../operation.ts'
import { type CommentKind, type SetCommentOptions, setComment } from './comments.ts'
import { known } from './known-options.ts'
import {
  type CreateOptions,
  createObject,
  type Declared,
  type DropOptions,
  dropObject,
  type InSchema,
  type ReplaceOptions,
  replaceObject,
} from './objects.ts'
import {
  type AlterOwnerOptions,
  alterOwner,
  type GrantOptions,
  grant,
  type OwnedKind,
  type RevokeOptions,
  revoke,
} from './privileges.ts'
import type { Recorder } from './recorder.ts'
import { type RenamableKind, type RenameOptions, renameObject } from './rename-object.ts'
import { type DropRoutineOptions, dropRoutine } from './routines.ts'
import * as types from './types.ts'

type Create = Pick<CreateOptions, 'ifNotExists'>

/**
 * The directives for everything but tables: what creates takes the arguments of the declaration
 * of the same kind, and what drops takes the name, with `existing` as that declaration.
 */
export abstract class ObjectDirectives {
  protected readonly recorder: Recorder

  constructor(recorder: Recorder) {
    this.recorder = recorder
  }

  createEnum(name: string, values: readonly string[], options: TypeOptions & Create = {}): void {
    this.recorder.add(
      createObject(known('createEnum', known('createEnum', options)), own =>
        enumType(name, values, own),
      ),
    )
  }

  dropEnum(name: string, options: DropOptions<Declared<'enum'>> = {}): void {
    this.recorder.add(
      dropObject('enum', { schema: options.schema, name }, known('dropEnum', options)),
    )
  }

  addEnumValue(name: string, value: string, options: types.AddEnumValueOptions = {}): void {
    this.recorder.add(types.addEnumValue(name, value, known('addEnumValue', options)))
  }

  renameEnumValue(name: string, value: string, newValue: string, options: InSchema = {}): void {
    this.recorder.add(
      types.renameEnumValue(name, value, newValue, known('renameEnumValue', options)),
    )
  }

  /** Gives an enum another list of values by building a new type and moving its columns. */
  replaceEnumValues(
    name: string,
    values: readonly string[],
    options: types.ReplaceEnumValuesOptions,
  ): void {
    this.recorder.add(types.replaceEnumValues(name, values, known('replaceEnumValues', options)))
  }

  createDomain(name: string, base: AnyColumn | string, options: DomainOptions & Create = {}): void {
    this.recorder.add(
      createObject(known('createDomain', known('createDomain', options)), own =>
        domain(name, base as string, own),
      ),
    )
  }

  dropDomain(name: string, options: DropOptions<Declared<'domain'>> = {}): void {
    this.recorder.add(
      dropObject('domain', { schema: options.schema, name }, known('dropDomain', options)),
    )
  }

  createCompositeType(
    name: string,
    attributes: ColumnRecord,
    options: TypeOptions & Create = {},
  ): void {
    this.recorder.add(
      createObject(known('createCompositeType', known('createCompositeType', options)), own =>
        compositeType(name, attributes, own),
      ),
    )
  }

  dropCompositeType(name: string, options: DropOptions<Declared<'compositeType'>> = {}): void {
    this.recorder.add(
      dropObject(
        'compositeType',
        { schema: options.schema, name },
        known('dropCompositeType', options),
      ),
    )
  }

  createRangeType(
    name: string,
    subtype: AnyColumn | string,
    options: RangeTypeOptions & Create = {},
  ): void {
    this.recorder.add(
      createObject(known('createRangeType', known('createRangeType', options)), own =>
        rangeType(name, subtype, own),
      ),
    )
  }

  dropRangeType(name: string, options: DropOptions<Declared<'rangeType'>> = {}): void {
    this.recorder.add(
      dropObject('rangeType', { schema: options.schema, name }, known('dropRangeType', options)),
    )
  }

  createCollation(name: string, properties: Parameters, options: TypeOptions & Create = {}): void {
    this.recorder.add(
      createObject(known('createCollation', known('createCollation', options)), own =>
        collation(name, properties, own),
      ),
    )
  }

  dropCollation(name: string, options: DropOptions<Declared<'collation'>> = {}): void {
    this.recorder.add(
      dropObject('collation', { schema: options.schema, name }, known('dropCollation', options)),
    )
  }

  createSequence(name: string, options: SequenceDeclarationOptions & Create = {}): void {
    this.recorder.add(
      createObject(known('createSequence', known('createSequence', options)), own =>
        sequence(name, own),
      ),
    )
  }

  dropSequence(name: string, options: DropOptions<Declared<'sequence'>> = {}): void {
    this.recorder.add(
      dropObject('sequence', { schema: options.schema, name }, known('dropSequence', options)),
    )
  }

  /** Changes the options of a sequence that are named; null sets one back. */
  alterSequence(name: string, changes: types.AlterSequenceOptions): void {
    this.recorder.add(types.alterSequence(name, known('alterSequence', changes)))
  }

  createView(name: string, definition: SqlText, options: ViewOptions & Create = {}): void {
    this.recorder.add(
      createObject(known('createView', known('createView', options)), own =>
        view(name, definition, own),
      ),
    )
  }

  /** CREATE OR REPLACE VIEW. */
  replaceView(
    name: string,
    definition: SqlText,
    options: ViewOptions & Omit<ReplaceOptions<'view'>, 'uncheckedBody'> = {},
  ): void {
    this.recorder.add(
      replaceObject(known('replaceView', known('replaceView', options)), own =>
        view(name, definition, own),
      ),
    )
  }

  dropView(name: string, options: DropOptions<Declared<'view'>> = {}): void {
    this.recorder.add(
      dropObject('view', { schema: options.schema, name }, known('dropView', options)),
    )
  }

  /** CREATE MATERIALIZED VIEW; its indexes are created by themselves. */
  createMaterializedView(
    name: string,
    definition: SqlText,
    options: Omit<MaterializedViewOptions, 'indexes'> & Create = {},
  ): void {
    this.recorder.add(
      createObject(known('createMaterializedView', known('createMaterializedView', options)), own =>
        materializedView(name, definition, own),
      ),
    )
  }

  dropMaterializedView(
    name: string,
    options: DropOptions<Declared<'materializedView'>> = {},
  ): void {
    this.recorder.add(
      dropObject(
        'materializedView',
        { schema: options.schema, name },
        known('dropMaterializedView', options),
      ),
    )
  }

  createFunction(name: string, options: RoutineOptions & CreateOptions): void {
    this.recorder.add(
      createObject(known('createFunction', known('createFunction', options)), own =>
        routine(name, { ...own, type: 'function' }),
      ),
    )
  }

  /** CREATE OR REPLACE FUNCTION. */
  replaceFunction(name: string, options: RoutineOptions & ReplaceOptions<'routine'>): void {
    this.recorder.add(
      replaceObject(known('replaceFunction', known('replaceFunction', options)), own =>
        routine(name, { ...own, type: 'function' }),
      ),
    )
  }

  /** DROP FUNCTION; `signature` lists its argument types where `existing` does not tell them. */
  dropFunction(name: string, options: DropRoutineOptions = {}): void {
    this.recorder.add(dropRoutine('function', name, known('dropFunction', options)))
  }

  createProcedure(name: string, options: RoutineOptions & CreateOptions): void {
    this.recorder.add(
      createObject(known('createProcedure', known('createProcedure', options)), own =>
        routine(name, { ...own, type: 'procedure' }),
      ),
    )
  }

  /** CREATE OR REPLACE PROCEDURE. */
  replaceProcedure(name: string, options: RoutineOptions & ReplaceOptions<'routine'>): void {
    this.recorder.add(
      replaceObject(known('replaceProcedure', known('replaceProcedure', options)), own =>
        routine(name, { ...own, type: 'procedure' }),
      ),
    )
  }

  dropProcedure(name: string, options: DropRoutineOptions = {}): void {
    this.recorder.add(dropRoutine('procedure', name, known('dropProcedure', options)))
  }

  createAggregate(name: string, options: AggregateOptions & Create): void {
    this.recorder.add(
      createObject(known('createAggregate', known('createAggregate', options)), own =>
        aggregate(name, own),
      ),
    )
  }

  dropAggregate(
    name: string,
    options: DropOptions<Declared<'aggregate'>> & { readonly signature?: string | undefined } = {},
  ): void {
    const signature = options.signature ?? options.existing?.object.signature
    this.recorder.add(
      dropObject(
        'aggregate',
        { schema: options.schema, name, signature },
        known('dropAggregate', options),
      ),
    )
  }

  createTrigger(name: string, table: string, options: TriggerOptions & Create): void {
    this.recorder.add(
      createObject(known('createTrigger', known('createTrigger', options)), own =>
        trigger(name, table, own),
      ),
    )
  }

  dropTrigger(name: string, table: string, options: DropOptions<Declared<'trigger'>> = {}): void {
    this.recorder.add(
      dropObject('trigger', { schema: options.schema, name, table }, known('dropTrigger', options)),
    )
  }

  createRule(
    name: string,
    table: string,
    definition: SqlText,
    options: RuleOptions & Create = {},
  ): void {
    this.recorder.add(
      createObject(known('createRule', known('createRule', options)), own =>
        rule(name, table, definition, own),
      ),
    )
  }

  dropRule(name: string, table: string, options: DropOptions<Declared<'rule'>> = {}): void {
    this.recorder.add(
      dropObject('rule', { schema: options.schema, name, table }, known('dropRule', options)),
    )
  }

  createEventTrigger(name: string, options: EventTriggerOptions & Create): void {
    this.recorder.add(
      createObject(known('createEventTrigger', known('createEventTrigger', options)), own =>
        eventTrigger(name, own),
      ),
    )
  }

  dropEventTrigger(
    name: string,
    options: Omit<DropOptions<Declared<'eventTrigger'>>, 'schema'> = {},
  ): void {
    this.recorder.add(dropObject('eventTrigger', { name }, known('dropEventTrigger', options)))
  }

  createPolicy(name: string, table: string, options: PolicyOptions & Create = {}): void {
    this.recorder.add(
      createObject(known('createPolicy', known('createPolicy', options)), own =>
        policy(name, table, own),
      ),
    )
  }

  dropPolicy(name: string, table: string, options: DropOptions<Declared<'policy'>> = {}): void {
    this.recorder.add(
      dropObject('policy', { schema: options.schema, name, table }, known('dropPolicy', options)),
    )
  }

  createSchema(name: string, options: SchemaOptions & Create = {}): void {
    this.recorder.add(
      createObject(known('createSchema', known('createSchema', options)), own => schema(name, own)),
    )
  }

  dropSchema(name: string, options: Omit<DropOptions<Declared<'schema'>>, 'schema'> = {}): void {
    this.recorder.add(dropObject('schema', { name }, known('dropSchema', options)))
  }

  createExtension(name: string, options: ExtensionOptions & Create = {}): void {
    this.recorder.add(
      createObject(known('createExtension', known('createExtension', options)), own =>
        extension(name, own),
      ),
    )
  }

  dropExtension(name: string, options: DropOptions<Declared<'extension'>> = {}): void {
    this.recorder.add(
      dropObject('extension', { schema: options.schema, name }, known('dropExtension', options)),
    )
  }

  createPublication(name: string, options: PublicationOptions & Create = {}): void {
    this.recorder.add(
      createObject(known('createPublication', known('createPublication', options)), own =>
        publication(name, own),
      ),
    )
  }

  dropPublication(
    name: string,
    options: Omit<DropOptions<Declared<'publication'>>, 'schema'> = {},
  ): void {
    this.recorder.add(dropObject('publication', { name }, known('dropPublication', options)))
  }

  /** CREATE STATISTICS on columns and expressions of a table. */
  createStatistics(name: string, table: NameInput, options: StatisticsOptions & Create): void {
    this.recorder.add(
      createObject(known('createStatistics', known('createStatistics', options)), own =>
        statistics(name, table, own),
      ),
    )
  }

  dropStatistics(name: string, options: DropOptions<Declared<'statistics'>> = {}): void {
    this.recorder.add(
      dropObject('statistics', { schema: options.schema, name }, known('dropStatistics', options)),
    )
  }

  /** Creates an object of a rare kind by its statements; `type` and `identity` are DROP's words. */
  createVerbatim(
    type: string,
    identity: string,
    statements: SqlText | readonly SqlText[],
    options: {
      readonly cascade?: boolean | undefined
      readonly comment?: string | undefined
    } & Create = {},
  ): void {
    this.recorder.add(
      createObject(known('createVerbatim', known('createVerbatim', options)), own =>
        verbatim(type, identity, statements, own),
      ),
    )
  }

  dropVerbatim(
    type: string,
    identity: string,
    options: Omit<DropOptions<Declared<'verbatim'>>, 'schema'> = {},
  ): void {
    this.recorder.add(
      dropObject('verbatim', { name: identity, type }, known('dropVerbatim', options)),
    )
  }

  /** Gives an object of any kind but table, column and enum value another name. */
  renameObject(
    kind: RenamableKind,
    name: string,
    newName: string,
    options: RenameOptions = {},
  ): void {
    this.recorder.add(renameObject(kind, name, newName, known('renameObject', options)))
  }

  /** Gives a constraint another name, and the index behind it. */
  renameConstraint(name: string, newName: string, table: string, options: InSchema = {}): void {
    const { schema } = known('renameConstraint', options)
    this.recorder.add(renameObject('constraint', name, newName, { schema, table }))
  }

  /** Gives an index another name; `table` is for databases where an index belongs to its table. */
  renameIndex(name: string, newName: string, options: Omit<RenameOptions, 'signature'> = {}): void {
    this.recorder.add(renameObject('index', name, newName, known('renameIndex', options)))
  }

  /** Sets a comment, or removes it (null), of anything but tables and columns, which are altered. */
  setComment(
    kind: CommentKind,
    name: string,
    comment: string | null,
    options: SetCommentOptions = {},
  ): void {
    this.recorder.add(setComment(kind, name, comment, known('setComment', options)))
  }

  /** Gives roles privileges on an object. */
  grant(privileges: Privilege | readonly Privilege[], options: GrantOptions): void {
    this.recorder.add(grant(privileges, known('grant', options)))
  }

  /** Takes privileges from roles. */
  revoke(privileges: Privilege | readonly Privilege[], options: RevokeOptions): void {
    this.recorder.add(revoke(privileges, known('revoke', options)))
  }

  /** Gives an object to another role; `existing` is the role that it belonged to. */
  alterOwner(kind: OwnedKind, name: string, options: AlterOwnerOptions): void {
    this.recorder.add(alterOwner(kind, name, known('alterOwner', options)))
  }
}
