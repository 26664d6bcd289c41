import type {
  Column,
  Constraint,
  ConstraintType,
  DefaultValue,
  Firing,
  Index,
  ObjectKind,
  ObjectOf,
  QualifiedName,
  ReplicaIdentity,
  RowSecurity,
  SchemaObject,
  SequenceOptions,
  SequenceOwner,
  Table,
  Trigger,
} from '../schema/index.ts'
import type { OperationDefinition } from './custom.ts'

/** Kinds that are created and dropped by the plain pair of operations below. */
export type PlainKind = Exclude<ObjectKind, 'table' | 'constraint' | 'index'>

/** `createView`, `createEnum`, …: brings an object into being. */
export interface CreateObject<K extends PlainKind> {
  readonly kind: `create${Capitalize<K>}`
  readonly object: ObjectOf<K>
  readonly ifNotExists?: boolean | undefined
  /** Routines: leave the body unchecked, since what it names may come later. */
  readonly uncheckedBody?: boolean | undefined
}

/** `dropView`, `dropEnum`, …: removes an object; `existing` is what comes back on reverse. */
export interface DropObject<K extends PlainKind> {
  readonly kind: `drop${Capitalize<K>}`
  readonly object: ObjectIdentity
  readonly existing?: ObjectOf<K> | undefined
  readonly ifExists?: boolean | undefined
  readonly cascade?: boolean | undefined
}

/** Enough to name an object in DROP: `signature` for routines, `table` for triggers, rules and policies. */
export interface ObjectIdentity extends QualifiedName {
  readonly table?: string | undefined
  readonly signature?: string | undefined
  /** A procedure needs another word than a function; a verbatim object brings its own. */
  readonly type?: string | undefined
}

/** `replaceView`, `replaceRoutine`: CREATE OR REPLACE; `existing` is what it replaces. */
export interface ReplaceObject<K extends 'view' | 'routine'> {
  readonly kind: `replace${Capitalize<K>}`
  readonly object: ObjectOf<K>
  readonly existing?: ObjectOf<K> | undefined
  /** Routines: leave the body unchecked, since what it names may come later. */
  readonly uncheckedBody?: boolean | undefined
}

/** Any `create…` of a plain kind. */
export type CreateOperation = { [K in PlainKind]: CreateObject<K> }[PlainKind]
/** Any `drop…` of a plain kind. */
export type DropOperation = { [K in PlainKind]: DropObject<K> }[PlainKind]
/** Any `replace…`. */
export type ReplaceOperation = ReplaceObject<'view'> | ReplaceObject<'routine'>

export interface CreateTable {
  readonly kind: 'createTable'
  readonly table: Table
  /** Written inside CREATE TABLE; their `schema` and `table` are the table's. */
  readonly constraints: readonly Constraint[]
  readonly ifNotExists?: boolean | undefined
}

export interface DropTable extends QualifiedName {
  readonly kind: 'dropTable'
  readonly existing?: ExistingTable | undefined
  readonly ifExists?: boolean | undefined
  readonly cascade?: boolean | undefined
}

/** What a dropped table was: reversed, it becomes one createTable and a createIndex for each index. */
export interface ExistingTable {
  readonly table: Table
  readonly constraints: readonly Constraint[]
  readonly indexes: readonly Index[]
}

export interface RenameTable extends QualifiedName {
  readonly kind: 'renameTable'
  readonly newName: string
}

/** Names a table inside an operation. */
export interface OnTable {
  readonly schema?: string | undefined
  readonly table: string
}

/** Changes of a table's own properties; each given key is changed, `undefined` inside sets it back. */
export interface AlterTable extends OnTable {
  readonly kind: 'alterTable'
  readonly changes: TableChanges
  readonly existing?: TableChanges | undefined
}

export interface TableChanges {
  readonly comment?: string | null
  readonly unlogged?: boolean
  /** Storage parameters to set; null resets one. */
  readonly options?: Readonly<Record<string, string | null>>
  readonly rowSecurity?: RowSecurity
  readonly replicaIdentity?: ReplicaIdentity | 'default'
  readonly tablespace?: string | null
  /** When triggers fire, by their names. */
  readonly triggers?: Readonly<Record<string, Firing>>
}

/** Makes a table a partition (and back). */
export interface AttachPartition extends OnTable {
  readonly kind: 'attachPartition'
  readonly partition: QualifiedName
  readonly bounds: string
}

export interface DetachPartition extends OnTable {
  readonly kind: 'detachPartition'
  readonly partition: QualifiedName
  /** The bounds it had, for the reverse. */
  readonly bounds?: string | undefined
}

export interface AddColumn extends OnTable {
  readonly kind: 'addColumn'
  readonly column: Column
  /** Written inside ADD COLUMN: constraints of this column alone. */
  readonly constraints?: readonly Constraint[] | undefined
  /** Where it stands among the others; absent: behind them. */
  readonly place?: ColumnPlace | undefined
  readonly ifNotExists?: boolean | undefined
}

/** The place of a new column, for databases that can choose it: before or behind another. */
export type ColumnPlace = { readonly before: string } | { readonly after: string }

export interface DropColumn extends OnTable {
  readonly kind: 'dropColumn'
  readonly column: string
  readonly existing?: Column | undefined
  /** Those of the column alone, which go with it, for the reverse. */
  readonly constraints?: readonly Constraint[] | undefined
  readonly ifExists?: boolean | undefined
  readonly cascade?: boolean | undefined
}

/** Changes one column. Each key of `changes` is one aspect; `existing` holds the column as it was. */
export interface AlterColumn extends OnTable {
  readonly kind: 'alterColumn'
  readonly column: string
  readonly changes: ColumnChanges
  readonly existing?: Column | undefined
}

export interface ColumnChanges {
  readonly newName?: string
  readonly type?: string
  /** The values of the new type, where it is an enum. */
  readonly enumValues?: readonly string[]
  /** Turns old values into the new type: `status::integer`. */
  readonly using?: string
  readonly collation?: string | null
  readonly notNull?: boolean
  /** null drops it. */
  readonly default?: DefaultValue | null
  /** null makes it an ordinary column. */
  readonly identity?: Column['identity'] | null
  /** null drops the expression and keeps the values; otherwise a new expression. */
  readonly generated?: Column['generated'] | null
  readonly comment?: string | null
  readonly storage?: NonNullable<Column['storage']> | 'default'
  readonly compression?: string | null
  readonly statistics?: number | null
}

export interface CreateConstraint {
  readonly kind: 'createConstraint'
  readonly constraint: Constraint
}

export interface DropConstraint extends OnTable {
  readonly kind: 'dropConstraint'
  readonly name: string
  /** Until it is recorded: no naming convention changes the name. */
  readonly hasFinalName?: boolean | undefined
  readonly type?: ConstraintType | undefined
  readonly existing?: Constraint | undefined
  readonly ifExists?: boolean | undefined
  readonly cascade?: boolean | undefined
}

/** Checks the rows that were there before a NOT VALID constraint. */
export interface ValidateConstraint extends OnTable {
  readonly kind: 'validateConstraint'
  readonly name: string
}

export interface CreateIndex {
  readonly kind: 'createIndex'
  readonly index: Index
  readonly ifNotExists?: boolean | undefined
}

export interface DropIndex {
  readonly kind: 'dropIndex'
  readonly schema?: string | undefined
  readonly name: string
  /** Until it is recorded: no naming convention changes the name. */
  readonly hasFinalName?: boolean | undefined
  readonly table?: string | undefined
  readonly existing?: Index | undefined
  readonly ifExists?: boolean | undefined
  readonly cascade?: boolean | undefined
  readonly concurrently?: boolean | undefined
}

/** A change of one table that can be made together with others of the same table. */
export type TableOperation =
  | AlterTable
  | AddColumn
  | DropColumn
  | AlterColumn
  | CreateConstraint
  | DropConstraint
  | CreateIndex
  | DropIndex

/** A table with all that goes with it when it is built anew. */
export interface WholeTable extends ExistingTable {
  readonly triggers?: readonly Trigger[] | undefined
}

/**
 * Changes of one table, made in order. Where ALTER TABLE has no words for one of them the table is
 * built anew and its rows are copied, once for all of them.
 */
export interface AlterTableTogether extends OnTable {
  readonly kind: 'alterTableTogether'
  readonly changes: readonly TableOperation[]
  /** The whole table as it was: what a rebuild keeps, and what the reverse restores. */
  readonly existing?: WholeTable | undefined
  /** Absent: where a change needs it. */
  readonly rebuild?: 'always' | 'never' | undefined
  /** The order of its columns afterwards, where that matters; only a rebuild can give it. */
  readonly columnOrder?: readonly string[] | undefined
}

export interface AddEnumValue extends QualifiedName {
  readonly kind: 'addEnumValue'
  readonly value: string
  readonly before?: string | undefined
  readonly after?: string | undefined
  readonly ifNotExists?: boolean | undefined
  /** The values before, for the reverse: a value leaves only with a new type. */
  readonly existing?: readonly string[] | undefined
  /** The columns that have the type, for the reverse; absent: none. */
  readonly columns?: readonly EnumUse[] | undefined
  /** The type's comment, for the reverse. */
  readonly comment?: string | undefined
  /** What else needs the type, as its drops: the reverse begins with them and ends with theirs. */
  readonly dependents?: readonly Operation[] | undefined
}

export interface RenameEnumValue extends QualifiedName {
  readonly kind: 'renameEnumValue'
  readonly value: string
  readonly newValue: string
}

/**
 * Gives an enum another list of values by building a new type and moving its columns:
 * the way to remove or reorder values. `mapping` says what becomes of values that go.
 */
export interface ReplaceEnumValues extends QualifiedName {
  readonly kind: 'replaceEnumValues'
  readonly values: readonly string[]
  readonly columns: readonly EnumUse[]
  readonly mapping?: Readonly<Record<string, string>> | undefined
  readonly existing?: readonly string[] | undefined
  /** The type's comment, which the new type has to be given again. */
  readonly comment?: string | undefined
}

/** A column that has an enum's type. */
export interface EnumUse extends OnTable {
  readonly column: string
  readonly array?: boolean | undefined
  /** Its default, taken off and put back around the change; spelled with the type's name. */
  readonly default?: string | undefined
}

export interface AlterSequence extends QualifiedName {
  readonly kind: 'alterSequence'
  readonly changes: SequenceChanges
  readonly existing?: SequenceChanges | undefined
}

/** Each given key is changed; null sets it back to the database's default. */
export type SequenceChanges = {
  readonly [K in keyof SequenceOptions]?: SequenceOptions[K] | null
} & {
  readonly type?: 'smallint' | 'integer' | 'bigint' | null | undefined
  /** null: OWNED BY NONE. */
  readonly ownedBy?: SequenceOwner | null | undefined
}

/** Sets or removes (null) the comment of any object but tables and columns, which carry their own. */
export interface SetComment {
  readonly kind: 'setComment'
  /** The object, described well enough to be named: only its identity is read. */
  readonly object: SchemaObject
  /** The comment is on this column of it: of a view or a composite type. */
  readonly column?: string | undefined
  /** The comment is on this check of it: of a domain. */
  readonly constraint?: string | undefined
  readonly comment: string | null
  readonly existing?: string | null | undefined
}

/** The words of privileges; `all` is every one that the kind of object has. */
export const privilegeWords = [
  'select',
  'insert',
  'update',
  'delete',
  'truncate',
  'references',
  'trigger',
  'maintain',
  'usage',
  'execute',
  'create',
  'connect',
  'temporary',
  'all',
] as const

export type Privilege = (typeof privilegeWords)[number]

/** What privileges are on; `table` stands for views too, and `allTablesIn` names a schema. */
export const grantableKinds = [
  'table',
  'sequence',
  'schema',
  'database',
  'function',
  'procedure',
  'type',
  'domain',
  'language',
  'foreignServer',
  'foreignDataWrapper',
  'tablespace',
  'allTablesIn',
  'allSequencesIn',
  'allRoutinesIn',
] as const

export type GrantableKind = (typeof grantableKinds)[number]

export interface PrivilegeTarget extends QualifiedName {
  readonly kind: GrantableKind
  readonly signature?: string | undefined
}

/** What grant and revoke both say. */
interface Privileges {
  readonly privileges: readonly Privilege[]
  readonly on: PrivilegeTarget
  readonly columns?: readonly string[] | undefined
}

/** Gives roles privileges; `public` is everybody. */
export interface Grant extends Privileges {
  readonly kind: 'grant'
  readonly to: readonly string[]
  readonly withGrantOption?: boolean | undefined
}

/** Takes privileges from roles. */
export interface Revoke extends Privileges {
  readonly kind: 'revoke'
  readonly from: readonly string[]
  /** They stay, and are no longer given on. */
  readonly grantOptionOnly?: boolean | undefined
  readonly cascade?: boolean | undefined
  /** They were given with the right to give them on, for the reverse. */
  readonly withGrantOption?: boolean | undefined
}

/** Anything that has an owner of its own. */
export type OwnedObject = Exclude<
  SchemaObject,
  { kind: 'constraint' | 'index' | 'trigger' | 'rule' | 'policy' | 'extension' | 'verbatim' }
>

/** Gives an object to another role. */
export interface AlterOwner {
  readonly kind: 'alterOwner'
  /** Only its identity is read. */
  readonly object: OwnedObject
  readonly to: string
  readonly existing?: string | undefined
}

/** SQL as the user wrote it. */
export interface Execute {
  readonly kind: 'execute'
  readonly sql: string
  readonly parameters?: readonly unknown[] | undefined
  /** SQL that undoes it. */
  readonly reverse?: string | undefined
}

/** A row by its columns' names: plain values, and SQL in their places. A column that it lacks gets its default. */
export type PlainRow = Readonly<Record<string, unknown>>

/** What is known of a column that rows give. */
export interface RowColumn {
  readonly type: string
  /** An identity that takes a value only where that is said. */
  readonly isAlways?: boolean | undefined
}

/** Rows of a table, written down. */
interface Rows extends OnTable {
  readonly rows: readonly PlainRow[]
  /** What is known of the columns that the rows give, in the table's order; absent: nothing. */
  readonly columns?: Readonly<Record<string, RowColumn>> | undefined
}

/** Puts rows into a table. */
export interface BulkInsert extends Rows {
  readonly kind: 'bulkInsert'
  /** The columns that name a row, for the reverse. */
  readonly key?: readonly string[] | undefined
}

/** Deletes the rows that have the keys of those given; the rest of them is for the reverse. */
export interface BulkDelete extends Rows {
  readonly kind: 'bulkDelete'
  readonly key: readonly string[]
}

/**
 * Changes the rows of a table in batches along a unique key, each in a transaction of its own. Either
 * `set` says what their columns get, or `callback` does the work.
 */
export interface Backfill extends OnTable {
  readonly kind: 'backfill'
  /** A whole SET clause, or what each column gets. */
  readonly set?: string | Readonly<Record<string, DefaultValue>> | undefined
  readonly callback?: RunCallback | undefined
  /** Of the rows that `callback` is given; absent: all. */
  readonly columns?: readonly string[] | undefined
  readonly where?: string | undefined
  /** Its columns, or its name; absent: the primary key. */
  readonly key?: string | readonly string[] | undefined
  /** Rows of the first batch. */
  readonly batchSize?: number | undefined
  /** Milliseconds that a batch should take. */
  readonly batchTime?: number | undefined
  /** Milliseconds between two batches. */
  readonly pause?: number | undefined
  /** What `--sql` prints in the place of code. */
  readonly offline?: string | undefined
  /** Its code may be called in scratch when history is replayed. */
  readonly scratch?: boolean | undefined
  /** null: there is nothing to undo. */
  readonly reverse?:
    | (Pick<Backfill, 'where'> & { readonly set: NonNullable<Backfill['set']> })
    | null
    | undefined
  /** Where code was recorded: `file:line:column`. */
  readonly location?: string | undefined
}

/** The one opaque kind: code that works on the database while the migration runs. */
export interface Run extends Autocommit {
  readonly kind: 'run'
  readonly callback: RunCallback
  /** What `--sql` prints in its place. */
  readonly offline?: string | undefined
  /** May be called in scratch when history is replayed. */
  readonly scratch?: boolean | undefined
  /** Where it was recorded: `file:line:column`. */
  readonly location?: string | undefined
}

/** An operation of the project's own, made by what `defineOperation` gives. */
export interface Custom {
  readonly kind: 'custom'
  readonly name: string
  readonly args: unknown
  /** Its code; what it does is not part of what the script says. */
  readonly definition: OperationDefinition<never>
}

/** `context` is `{ connection, op }`; its types live where connections and the recorder do. */
export type RunCallback = (context: never) => Promise<void> | void

/** What any operation may be told beside its own. */
interface Autocommit {
  /** Runs outside of transactions: what came before is committed first. */
  readonly autocommit?: boolean | undefined
}

/** One change to a database, as plain data. */
export type Operation = Autocommit & Change

type Change =
  | CreateOperation
  | DropOperation
  | ReplaceOperation
  | CreateTable
  | DropTable
  | RenameTable
  | AlterTable
  | AttachPartition
  | DetachPartition
  | AddColumn
  | DropColumn
  | AlterColumn
  | CreateConstraint
  | DropConstraint
  | ValidateConstraint
  | CreateIndex
  | DropIndex
  | AlterTableTogether
  | AddEnumValue
  | RenameEnumValue
  | ReplaceEnumValues
  | AlterSequence
  | SetComment
  | Grant
  | Revoke
  | AlterOwner
  | Execute
  | BulkInsert
  | BulkDelete
  | Backfill
  | Run
  | Custom

export type OperationKind = Operation['kind']

/** The operation of one kind. */
export type OperationOf<K extends OperationKind> = Extract<Operation, { kind: K }>
