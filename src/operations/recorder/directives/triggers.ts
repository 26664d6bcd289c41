import type { SqlText } from '../../../declarations/sql.ts'
import {
  type EventTriggerOptions,
  eventTrigger,
  type RuleOptions,
  rule,
  type TriggerOptions,
  trigger,
} from '../../../declarations/triggers.ts'
import {
  type CreateOptions,
  createObject,
  type Declared,
  type DropOptions,
  dropObject,
} from '../objects.ts'
import { known } from '../takes.ts'
import { RightDirectives } from './rights.ts'

type Create = Pick<CreateOptions, 'ifNotExists'>

/** The directives for triggers and rules. */
export abstract class TriggerDirectives extends RightDirectives {
  createTrigger(name: string, table: string, options: TriggerOptions & Create): void {
    this.recorder.add(
      createObject(known('createTrigger', [name, table], options), own =>
        trigger(name, table, own),
      ),
    )
  }

  dropTrigger(name: string, table: string, options: DropOptions<Declared<'trigger'>> = {}): void {
    this.recorder.add(
      dropObject('trigger', { name, table }, known('dropTrigger', [name, table], options)),
    )
  }

  createRule(
    name: string,
    table: string,
    definition: SqlText,
    options: RuleOptions & Create = {},
  ): void {
    this.recorder.add(
      createObject(known('createRule', [name, table, definition], options), own =>
        rule(name, table, definition, own),
      ),
    )
  }

  dropRule(name: string, table: string, options: DropOptions<Declared<'rule'>> = {}): void {
    this.recorder.add(
      dropObject('rule', { name, table }, known('dropRule', [name, table], options)),
    )
  }

  createEventTrigger(name: string, options: EventTriggerOptions & Create): void {
    this.recorder.add(
      createObject(known('createEventTrigger', [name], options), own => eventTrigger(name, own)),
    )
  }

  dropEventTrigger(
    name: string,
    options: Omit<DropOptions<Declared<'eventTrigger'>>, 'schema'> = {},
  ): void {
    this.recorder.add(
      dropObject('eventTrigger', { name }, known('dropEventTrigger', [name], options)),
    )
  }
}
