import type { AlterTable } from '../operations/operation.ts'
import type { Firing, Trigger } from '../schema/index.ts'
import type { Comparison } from './comparison.ts'
import type { ElementId } from './elements.ts'
import { plainDown, plainUp } from './objects.ts'
import type { Part } from './part.ts'

/** Brings a trigger. A partition's copy of one is there already: it is only told when to fire. */
export function triggerUp(id: ElementId, trigger: Trigger, comparison: Comparison): Part {
  const part = plainUp(id, trigger, comparison)
  if (!trigger.inherited) return part
  return { ...part, operation: fire(trigger, trigger.enabled ?? 'enabled', trigger.inherited) }
}

/** Takes a trigger away. A partition's copy of one fires as its parent's again. */
export function triggerDown(id: ElementId, trigger: Trigger, comparison: Comparison): Part {
  const part = plainDown(id, trigger, comparison)
  if (!trigger.inherited) return part
  return { ...part, operation: fire(trigger, trigger.inherited, trigger.enabled ?? 'enabled') }
}

function fire({ schema, table, name }: Trigger, firing: Firing, before: Firing): AlterTable {
  return {
    kind: 'alterTable',
    schema,
    table,
    changes: { triggers: { [name]: firing } },
    existing: { triggers: { [name]: before } },
  }
}
