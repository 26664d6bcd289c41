import { LimbeckError } from '../../errors.ts'
import { identityOf, isCreate, isDrop } from '../../operations/identity.ts'
import type {
  AddColumn,
  Backfill,
  CreateOperation,
  Custom,
  DropOperation,
  EnumUse,
  Operation,
  OperationKind,
  OperationOf,
  PrivilegeTarget,
  RenameObject,
  SetComment,
} from '../../operations/operation.ts'
import { type Constraint, type DefaultValue, isExpression } from '../../schema/index.ts'
import { alterColumnCall } from './alter-columns.ts'
import { batchCall } from './batches.ts'
import { columnCode, columnsCode } from './columns.ts'
import { constraintCode, createConstraintCall } from './constraints.ts'
import { type Entry, options, type RenderContext, without } from './context.ts'
import { createIndexArguments, indexCode } from './indexes.ts'
import { type Code, call, object } from './layout.ts'
import { keyOf, text } from './literals.ts'
import { alterObjectCall, createCall, dropCall, replaceCall } from './objects.ts'
import { rowsCall } from './rows.ts'
import { sequenceChangesEntries } from './sequences.ts'
import { createTableArguments, tableChangesEntries, tableCode } from './tables.ts'

/** The call of `op` that records an operation. */
export function operationCode(operation: Operation, context: RenderContext): Code {
  if (isCreate(operation)) return createCall(operation, context)
  if (isDrop(operation)) return dropCall(operation, context)
  const render = calls[operation.kind] as (operation: Operation, context: RenderContext) => Code
  return render(operation, context)
}

type OtherKind = Exclude<OperationKind, (CreateOperation | DropOperation)['kind']>

type Calls = {
  readonly [K in OtherKind]: (operation: OperationOf<K>, context: RenderContext) => Code
}

const calls: Calls = {
  createTable: ({ table, constraints, ifNotExists }, context) => {
    const whole = { table, constraints, indexes: [] }
    return call('op.createTable', ...createTableArguments(whole, ifNotExists, context))
  },

  dropTable: ({ schema, name, existing, ifExists, cascade }, context) =>
    call(
      'op.dropTable',
      text(name),
      ...options([
        ...place(schema, context),
        ...context.entries({ ifExists, cascade }),
        ...dropped(existing, whole => tableCode(whole, context), context),
      ]),
    ),

  renameTable: ({ schema, name, newName, newSchema }, context) =>
    call(
      'op.renameTable',
      text(name),
      text(newName),
      ...options([...place(schema, context), ...context.entries({ newSchema })]),
    ),

  alterTable: ({ schema, table, changes, existing }, context) =>
    call(
      'op.alterTable',
      text(table),
      object([
        ...place(schema, context),
        ...tableChangesEntries(changes, context),
        ...was(existing, former => object(tableChangesEntries(former, context))),
      ]),
    ),

  attachPartition: ({ schema, table, partition, bounds }, context) =>
    call(
      'op.attachPartition',
      text(table),
      context.name(partition),
      ...options([...place(schema, context), ...context.entries({ bounds })]),
    ),

  detachPartition: ({ schema, table, partition, bounds }, context) =>
    call(
      'op.detachPartition',
      text(table),
      context.name(partition),
      ...options([...place(schema, context), ...context.entries({ bounds })]),
    ),

  addColumn: (operation, context) => addColumnsCode([operation], context),

  dropColumn: ({ schema, table, column, existing, ifExists, cascade }, context) =>
    call(
      'op.dropColumn',
      text(table),
      text(column),
      ...options([
        ...place(schema, context),
        ...context.entries({ ifExists, cascade }),
        ...dropped(existing, former => columnCode(former, context, [], column), context),
      ]),
    ),

  alterColumn: alterColumnCall,

  createConstraint: createConstraintCall,

  dropConstraint: ({ schema, table, name, type, existing, ifExists, cascade }, context) =>
    call(
      'op.dropConstraint',
      ...context.finalName(
        existing ?? ({ kind: 'constraint', type, schema, table, name } as Constraint),
      ),
      text(table),
      ...options([
        ...place(schema, context),
        ...context.entries({ type, ifExists, cascade }),
        ...dropped(existing, former => constraintCode(former, context), context),
      ]),
    ),

  validateConstraint: ({ schema, table, name }, context) =>
    call('op.validateConstraint', text(name), text(table), ...options(place(schema, context))),

  createIndex: ({ index, ifNotExists }, context) =>
    call('op.createIndex', ...createIndexArguments(index, ifNotExists, context)),

  dropIndex: ({ schema, name, table, existing, ifExists, cascade, concurrently }, context) =>
    call(
      'op.dropIndex',
      ...context.finalName(existing ?? { kind: 'index', table: table ?? '', name, elements: [] }),
      ...options([
        ...place(schema, context),
        ...context.entries({ table, ifExists, cascade, concurrently }),
        ...dropped(existing, former => indexCode(former, context), context),
      ]),
    ),

  // What depends on the type is said where it comes back: in the downgrade that is written beside.
  addEnumValue: (operation, context) => {
    const { schema, name, value, columns, ...rest } = without(
      operation,
      'kind',
      'dependents',
      'autocommit',
      'timeouts',
    )
    return call(
      'op.addEnumValue',
      text(name),
      text(value),
      ...options([
        ...place(schema, context),
        ...context.entries({ ...rest, columns: columns && enumUses(columns, context) }),
      ]),
    )
  },

  renameEnumValue: ({ schema, name, value, newValue }, context) =>
    call(
      'op.renameEnumValue',
      ...[name, value, newValue].map(text),
      ...options(place(schema, context)),
    ),

  replaceEnumValues: ({ schema, name, values, columns, mapping, existing, comment }, context) =>
    call(
      'op.replaceEnumValues',
      text(name),
      context.value(values),
      ...options([
        ...place(schema, context),
        ...context.entries({ columns: enumUses(columns, context), mapping, existing, comment }),
      ]),
    ),

  alterSequence: ({ schema, name, changes, existing }, context) =>
    call(
      'op.alterSequence',
      text(name),
      object([
        ...place(schema, context),
        ...sequenceChangesEntries(changes, context),
        ...was(existing, former => object(sequenceChangesEntries(former, context))),
      ]),
    ),

  replaceView: replaceCall,
  replaceRoutine: replaceCall,
  alterObject: alterObjectCall,
  renameObject: renameObjectCall,
  setComment: setCommentCall,

  grant: ({ privileges, on, to, columns, withGrantOption }, context) =>
    call(
      'op.grant',
      context.value(oneOrMore(privileges)),
      object([
        ...onEntries(on, context),
        ...context.entries({ columns, to: oneOrMore(to), withGrantOption }),
      ]),
    ),

  revoke: ({ privileges, on, columns, from, grantOptionOnly, cascade, withGrantOption }, context) =>
    call(
      'op.revoke',
      context.value(oneOrMore(privileges)),
      object([
        ...onEntries(on, context),
        ...context.entries({ columns, from: oneOrMore(from) }),
        ...context.entries({ withGrantOption, grantOptionOnly, cascade }),
      ]),
    ),

  alterOwner: ({ object: described, to, existing }, context) => {
    const { schema, name, signature } = identityOf(described)
    const kind = described.kind === 'routine' ? described.type : described.kind
    const entries = [...place(schema, context), ...context.entries({ signature, to, existing })]
    return call('op.alterOwner', text(kind), text(name), object(entries))
  },

  execute: ({ sql, parameters, reverse }, context) =>
    call(
      'op.execute',
      context.sql(sql),
      ...options([...context.entries({ parameters }), ...context.sqlEntry('reverse', reverse)]),
    ),

  bulkInsert: rowsCall,
  bulkDelete: rowsCall,

  backfill: (
    { table, set, where, key, batchSize, batchTime, pause, reverse, ...rest },
    context,
  ) => {
    if (set === undefined) throw unwritable(`The code of op.backfill of ${table}`)
    return call(
      'op.backfill',
      text(table),
      object([
        ...place(rest.schema, context),
        ...assignmentEntries({ set, where }, context),
        ...context.entries({ key, batchSize, batchTime, pause }),
        ...undoing(reverse, context),
      ]),
    )
  },

  custom: customCall,

  alterTableTogether: (operation, context) => batchCall(operation, context, operationCode),

  run: ({ location }) => {
    throw unwritable(`The code of op.run${location === undefined ? '' : ` at ${location}`}`)
  },
}

function unwritable(what: string): LimbeckError {
  return new LimbeckError('VALUE_UNSUPPORTED', `${what} cannot be written into a script.`, {
    hint: 'Copy the call by hand.',
  })
}

/** An operation of the project's own: as it says itself, else by its name and plain arguments. */
function customCall({ name, args, definition }: Custom, context: RenderContext): Code {
  if (definition.render !== undefined) {
    const { code, imports = {} } = definition.render(args as never)
    for (const [module, names] of Object.entries(imports))
      for (const used of names) context.use(used, module)
    return code
  }
  if (definition.module === undefined) throw withoutModule(name)
  const plain = args === undefined ? [] : [context.value(args)]
  return call('op.invoke', call(context.use(name, definition.module), ...plain))
}

function withoutModule(name: string): LimbeckError {
  return new LimbeckError('VALUE_UNSUPPORTED', `${name} cannot be written into a script.`, {
    facts: { operation: name },
    hint: 'Give `module` to its defineOperation, the module that scripts import it from; or `render`.',
  })
}

/** A list of one as people write it. */
const oneOrMore = <T>(list: readonly T[]): T | readonly T[] => (list.length === 1 ? list[0]! : list)

function onEntries(
  { kind, schema, name, signature }: PrivilegeTarget,
  context: RenderContext,
): Entry[] {
  return [
    ['on', context.value({ [kind]: name })],
    ...place(schema, context),
    ...context.entries({ signature }),
  ]
}

function assignmentEntries(
  { set, where }: NonNullable<Backfill['reverse']>,
  context: RenderContext,
): Entry[] {
  const value = (given: DefaultValue) =>
    isExpression(given) ? context.sql(given.sql) : context.value(given.value)
  const code =
    typeof set === 'string'
      ? context.sql(set)
      : object(Object.entries(set).map(([column, given]) => [keyOf(column), value(given)]))
  return [['set', code], ...context.sqlEntry('where', where)]
}

function undoing(reverse: Backfill['reverse'], context: RenderContext): Entry[] {
  if (reverse === undefined) return []
  return [['reverse', reverse === null ? 'null' : object(assignmentEntries(reverse, context))]]
}

/** One call for columns that are added to a table one after the other. */
export function addColumnsCode(operations: readonly AddColumn[], context: RenderContext): Code {
  const { schema, table, ifNotExists } = operations[0]!
  const columns = columnsCode(
    operations.map(({ column }) => column),
    new Map(),
    context,
    operations.length > 1,
  )
  const entries = [...place(schema, context), ...context.entries({ ifNotExists })]
  return call('op.addColumn', text(table), columns, ...options(entries))
}

/** Constraints and indexes, the commonest, have a directive each. */
function renameObjectCall({ object: described, newName }: RenameObject, context: RenderContext) {
  const { name, schema, table = '', signature } = identityOf(described)
  const names = [text(name), text(newName)]
  const inSchema = place(schema, context)
  switch (described.kind) {
    case 'constraint':
      return call('op.renameConstraint', ...names, text(table), ...options(inSchema))
    case 'index':
      return call('op.renameIndex', ...names, ...options([...inSchema, ['table', text(table)]]))
    default: {
      const kind = described.kind === 'routine' ? described.type : described.kind
      const entries = context.entries({ table: table || undefined, signature })
      return call('op.renameObject', text(kind), ...names, ...options([...inSchema, ...entries]))
    }
  }
}

function setCommentCall(operation: SetComment, context: RenderContext): Code {
  const { object: described, column, constraint, comment, existing } = operation
  const identity = identityOf(described)
  const kind = described.kind === 'routine' ? described.type : described.kind
  const type = described.kind === 'verbatim' ? described.type : undefined
  const entries = [
    ...place(identity.schema, context),
    ...context.entries({ table: identity.table, signature: identity.signature, type }),
    ...context.entries({ column, constraint, existing }),
  ]
  const value = comment === null ? 'null' : text(comment)
  return call('op.setComment', text(kind), text(identity.name), value, ...options(entries))
}

function place(schema: string | undefined, context: RenderContext): Entry[] {
  return context.entries({ schema: context.schema(schema) })
}

function was<T>(existing: T | undefined, code: (existing: T) => Code): Entry[] {
  return existing === undefined ? [] : [['existing', code(existing)]]
}

function dropped<T>(
  existing: T | undefined,
  code: (existing: T) => Code,
  context: RenderContext,
): Entry[] {
  return context.omitExisting ? [] : was(existing, code)
}

function enumUses(columns: readonly EnumUse[], context: RenderContext): object[] {
  return columns.map(use => ({ ...use, schema: context.schema(use.schema) }))
}
