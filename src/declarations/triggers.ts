import type { EventTrigger, Rule, Trigger } from '../schema/index.ts'
import { checked, placeOf, takes } from './checked.ts'
import { Declaration } from './declaration.ts'
import * as is from './shapes.ts'
import { type SqlText, sqlText } from './sql.ts'

export interface TriggerOptions
  extends Omit<Trigger, 'kind' | 'table' | 'name' | 'when' | 'execute' | 'forEach' | 'inherited'> {
  /** Absent: statement. */
  readonly forEach?: Trigger['forEach'] | undefined
  readonly when?: SqlText | undefined
  /** The call: `touch_updated_at()`. */
  readonly execute: SqlText
}

export interface TriggerDeclarationOptions extends TriggerOptions {
  /** A partition's copy of its parent's trigger, declared only because it does not fire as that does: so. */
  readonly inherited?: Trigger['inherited']
}

/** What a trigger is told. */
export const triggerTakes = takes({ name: is.name, table: is.name }, {
  schema: is.name,
  timing: is.needed(is.oneOf('before', 'after', 'instead of')),
  events: is.needed(is.filledListOf(is.oneOf('insert', 'update', 'delete', 'truncate'))),
  updateOf: is.filledListOf(is.name, 'a list of columns'),
  forEach: is.oneOf('row', 'statement'),
  when: is.sqlAfter('WHEN'),
  execute: is.needed(is.functionCall),
  constraint: is.fields({ from: is.qualified, ...is.deferral }),
  oldTable: is.name,
  newTable: is.name,
  enabled: is.firing,
  comment: is.text,
} satisfies is.ShapesOf<TriggerOptions>)

/** What a model tells of a trigger, and a script does not. */
const declaredTriggerTakes = takes(triggerTakes.arguments, {
  ...triggerTakes.options,
  inherited: is.oneOf('enabled', 'disabled', 'replica', 'always'),
} satisfies is.ShapesOf<TriggerDeclarationOptions>)

/** Declares a trigger on a table or view. */
export function trigger(
  name: string,
  table: string,
  options: TriggerDeclarationOptions,
): Declaration<Trigger> {
  checked(placeOf('trigger', name), declaredTriggerTakes, [name, table], options)
  const { schema, forEach = 'statement', when, execute, ...rest } = options
  return new Declaration({
    kind: 'trigger',
    schema,
    table,
    name,
    forEach,
    ...rest,
    when: when === undefined ? undefined : sqlText(when),
    execute: sqlText(execute),
  })
}

export type RuleOptions = Omit<Rule, 'kind' | 'table' | 'name' | 'definition'>

/** What a rule is told. */
export const ruleTakes = takes(
  { name: is.name, table: is.name, definition: is.sqlAfter('CREATE') },
  {
    schema: is.name,
    enabled: is.firing,
    comment: is.text,
  } satisfies is.ShapesOf<RuleOptions>,
)

/** Declares a rewrite rule by its text from ON on: `ON INSERT TO t DO INSTEAD NOTHING`. */
export function rule(
  name: string,
  table: string,
  definition: SqlText,
  options: RuleOptions = {},
): Declaration<Rule> {
  checked(placeOf('rule', name), ruleTakes, [name, table, definition], options)
  const { schema, ...rest } = options
  const text = sqlText(definition)
  return new Declaration({ kind: 'rule', schema, table, name, definition: text, ...rest })
}

export interface EventTriggerOptions extends Omit<EventTrigger, 'kind' | 'name' | 'execute'> {
  /** The call: `log_ddl()`. */
  readonly execute: SqlText
}

/** What an event trigger is told. */
export const eventTriggerTakes = takes({ name: is.name }, {
  event: is.needed(
    is.likely('ddl_command_start', 'ddl_command_end', 'table_rewrite', 'sql_drop', 'login'),
  ),
  tags: is.filledListOf(is.text, 'a list of commands'),
  execute: is.needed(is.functionCall),
  enabled: is.firing,
  comment: is.text,
} satisfies is.ShapesOf<EventTriggerOptions>)

/** Declares an event trigger. */
export function eventTrigger(
  name: string,
  options: EventTriggerOptions,
): Declaration<EventTrigger> {
  checked(placeOf('event trigger', name), eventTriggerTakes, [name], options)
  const { execute, ...rest } = options
  return new Declaration({ kind: 'eventTrigger', name, ...rest, execute: sqlText(execute) })
}
