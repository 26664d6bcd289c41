import type { CreateConstraint } from '../../operations/operation.ts'
import {
  type CheckConstraint,
  type Constraint,
  type Deferral,
  type ExcludeConstraint,
  type ForeignKey,
  type PrimaryKey,
  quoteIdentifier,
  type UniqueConstraint,
} from '../../schema/index.ts'
import { type Entry, options, type RenderContext, without } from './context.ts'
import { array, type Code, call, chain } from './layout.ts'
import { text } from './literals.ts'
import { parameterValues } from './parameters.ts'
import { referenceEntries } from './references.ts'

/** `unique('u').on(…)` and its like, as a table's declaration and `existing` hold them. */
export function constraintCode(constraint: Constraint, context: RenderContext): Code {
  const named = context.finalName(constraint)
  switch (constraint.type) {
    case 'primaryKey':
    case 'unique':
      return chain(context.call(constraint.type, ...named), keyLinks(constraint, context))
    case 'foreignKey':
      return chain(context.call('foreignKey', ...named), foreignKeyLinks(constraint, context))
    case 'check':
      return context.call(
        'check',
        ...(named.length === 0 ? ['undefined'] : named),
        context.sql(constraint.expression),
        ...options(checkEntries(constraint, context)),
      )
    case 'exclude':
      return chain(context.call('exclude', ...named), excludeLinks(constraint, context))
  }
}

const columnsLink = (link: string, columns: readonly string[], context: RenderContext): Code =>
  call(link, ...columns.map(column => context.column(column)))

const flags = (links: Readonly<Record<string, boolean | undefined>>): Code[] =>
  Object.entries(links).flatMap(([link, isSet]) => (isSet ? [call(link)] : []))

const texts = (links: Readonly<Record<string, string | undefined>>): Code[] =>
  Object.entries(links).flatMap(([link, value]) =>
    value === undefined ? [] : [call(link, text(value))],
  )

function keyLinks(key: PrimaryKey | UniqueConstraint, context: RenderContext): Code[] {
  return [
    columnsLink('.on', key.columns, context),
    ...flags({
      '.nullsNotDistinct': 'nullsNotDistinct' in key && key.nullsNotDistinct,
      '.withoutOverlaps': key.withoutOverlaps,
    }),
    ...backingLinks(key, context),
  ]
}

/** What is said of the index behind a constraint. */
function backingLinks(
  constraint: PrimaryKey | UniqueConstraint | ExcludeConstraint,
  context: RenderContext,
): Code[] {
  const { include, options: parameters, tablespace, attachedTo } = constraint
  const { comment, indexComment } = constraint
  return [
    ...(include ? [columnsLink('.include', include, context)] : []),
    ...(parameters ? [call('.with', context.value(parameterValues(parameters)))] : []),
    ...texts({ '.tablespace': tablespace }),
    ...flags({ ...deferralLinks(constraint), '.only': constraint.only }),
    ...(attachedTo ? [call('.attachedTo', context.name(attachedTo))] : []),
    ...flags({ '.clustered': constraint.clustered }),
    ...texts({ '.comment': comment, '.indexComment': indexComment }),
  ]
}

/** Deferred at first means deferrable. */
const deferralLinks = ({ deferrable, initiallyDeferred }: Deferral) => ({
  '.deferrable': deferrable && !initiallyDeferred,
  '.initiallyDeferred': initiallyDeferred,
})

function foreignKeyLinks(foreignKey: ForeignKey, context: RenderContext): Code[] {
  const { schema, table, columns } = foreignKey.references
  const entries = referenceEntries(without(foreignKey, 'name'), context)
  const referred = columns.length === 0 && entries.length === 0 ? [] : [context.value(columns)]
  return [
    columnsLink('.on', foreignKey.columns, context),
    call('.references', context.name({ schema, name: table }), ...referred, ...options(entries)),
  ]
}

function checkEntries(check: CheckConstraint, context: RenderContext): Entry[] {
  const place = ['kind', 'type', 'schema', 'table', 'name', 'hasFinalName', 'expression'] as const
  return context.entries(without(check, ...place))
}

function excludeLinks(exclude: ExcludeConstraint, context: RenderContext): Code[] {
  return [
    ...texts({ '.using': exclude.method }),
    call('.on', ...exclude.elements.map(element => excludeElementCode(element, context))),
    ...(exclude.where === undefined ? [] : [call('.where', context.sql(exclude.where))]),
    ...backingLinks(exclude, context),
  ]
}

function excludeElementCode(
  { expression, operator }: ExcludeConstraint['elements'][number],
  context: RenderContext,
): Code {
  return array([columnOrSql(expression, context), text(operator)])
}

/** A column by its name, where the SQL is nothing but that. */
export function columnOrSql(sql: string, context: RenderContext): Code {
  const name = sql.startsWith('"') ? sql.slice(1, -1).replaceAll('""', '"') : sql
  return quoteIdentifier(name) === sql ? context.column(name) : context.sql(sql)
}

/** `op.createPrimaryKey(…)`, `op.createForeignKey(…)`, …: the directive's name and arguments. */
export function createConstraintCall(
  { constraint, concurrently }: CreateConstraint,
  context: RenderContext,
): Code {
  const [name = 'null'] = context.finalName(constraint)
  const place = [name, text(constraint.table)]
  const schema = context.entries({ schema: context.schema(constraint.schema) })
  switch (constraint.type) {
    case 'primaryKey':
    case 'unique': {
      const directive = constraint.type === 'unique' ? 'UniqueConstraint' : 'PrimaryKey'
      const entries = [
        ...schema,
        ...context.entries({ concurrently }),
        ...keyEntries(constraint, context),
      ]
      return call(
        `op.create${directive}`,
        ...place,
        context.value(constraint.columns),
        ...options(entries),
      )
    }
    case 'foreignKey':
      return foreignKeyCall(constraint, place, schema, context)
    case 'check': {
      const entries = [...schema, ...checkEntries(constraint, context)]
      const condition = context.sql(constraint.expression)
      return call('op.createCheckConstraint', ...place, condition, ...options(entries))
    }
    case 'exclude': {
      const elements = constraint.elements.map(element => excludeElementCode(element, context))
      const entries = [...schema, ...excludeEntries(constraint, context)]
      return call('op.createExcludeConstraint', ...place, array(elements), ...options(entries))
    }
  }
}

function keyEntries(key: PrimaryKey | UniqueConstraint, context: RenderContext): Entry[] {
  const nullsNotDistinct = 'nullsNotDistinct' in key ? key.nullsNotDistinct : undefined
  const { withoutOverlaps } = key
  return [
    ...context.entries({ nullsNotDistinct, withoutOverlaps }),
    ...backingEntries(key, context),
  ]
}

function excludeEntries(exclude: ExcludeConstraint, context: RenderContext): Entry[] {
  return [
    ...context.entries({ using: exclude.method }),
    ...context.sqlEntry('where', exclude.where),
    ...backingEntries(exclude, context),
  ]
}

/** What is said of the index behind a constraint, as options. */
function backingEntries(
  constraint: PrimaryKey | UniqueConstraint | ExcludeConstraint,
  context: RenderContext,
): Entry[] {
  const { include, tablespace, deferrable, initiallyDeferred, only } = constraint
  const { attachedTo, clustered, comment, indexComment } = constraint
  return [
    ...context.entries({ include, with: parameterValues(constraint.options), tablespace }),
    ...context.entries({ deferrable, initiallyDeferred, only }),
    ...context.nameEntry('attachedTo', attachedTo),
    ...context.entries({ clustered, comment, indexComment }),
  ]
}

function foreignKeyCall(
  foreignKey: ForeignKey,
  place: readonly Code[],
  schema: readonly Entry[],
  context: RenderContext,
): Code {
  const { columns, references } = foreignKey
  const entries = [
    ...schema,
    ...context.entries({ referredSchema: context.schema(references.schema) }),
    ...referenceEntries(without(foreignKey, 'name'), context),
  ]
  const lists = [columns, references.columns].map(names => context.value(names))
  return call(
    'op.createForeignKey',
    ...place,
    text(references.table),
    ...lists,
    ...options(entries),
  )
}
