import type { EventTrigger, Rule, Trigger } from '../schema/index.ts'
import { Declaration } from './declaration.ts'
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

/** Declares a trigger on a table or view. */
export function trigger(
  name: string,
  table: string,
  options: TriggerDeclarationOptions,
): Declaration<Trigger> {
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

/** Declares a rewrite rule by its text from ON on: `ON INSERT TO t DO INSTEAD NOTHING`. */
export function rule(
  name: string,
  table: string,
  definition: SqlText,
  { schema, ...rest }: RuleOptions = {},
): Declaration<Rule> {
  const text = sqlText(definition)
  return new Declaration({ kind: 'rule', schema, table, name, definition: text, ...rest })
}

export interface EventTriggerOptions extends Omit<EventTrigger, 'kind' | 'name' | 'execute'> {
  /** The call: `log_ddl()`. */
  readonly execute: SqlText
}

/** Declares an event trigger. */
export function eventTrigger(
  name: string,
  { execute, ...rest }: EventTriggerOptions,
): Declaration<EventTrigger> {
  return new Declaration({ kind: 'eventTrigger', name, ...rest, execute: sqlText(execute) })
}
