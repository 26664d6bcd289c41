import type { QualifiedName } from './names.ts'

/** A trigger on a table or view, in that relation's schema. */
export interface Trigger {
  readonly kind: 'trigger'
  readonly schema?: string | undefined
  readonly table: string
  readonly name: string
  readonly timing: 'before' | 'after' | 'instead of'
  readonly events: readonly TriggerEvent[]
  /** Columns of UPDATE OF. */
  readonly updateOf?: readonly string[] | undefined
  readonly forEach: 'row' | 'statement'
  readonly when?: string | undefined
  /** The call: `touch_updated_at()`, arguments spelled as SQL. */
  readonly execute: string
  readonly constraint?: TriggerConstraint | undefined
  readonly oldTable?: string | undefined
  readonly newTable?: string | undefined
  /** Absent: fires in ordinary sessions ("origin"). */
  readonly enabled?: 'disabled' | 'replica' | 'always' | undefined
  /** A partition's copy of its parent's trigger, there only because it does not fire as that does: so. */
  readonly inherited?: Firing | undefined
  readonly comment?: string | undefined
}

/** When a trigger fires: in ordinary sessions, never, in replicas, always. */
export type Firing = 'enabled' | 'disabled' | 'replica' | 'always'

export type TriggerEvent = 'insert' | 'update' | 'delete' | 'truncate'

/** What makes it a constraint trigger. */
export interface TriggerConstraint {
  readonly from?: QualifiedName | undefined
  readonly deferrable?: boolean | undefined
  readonly initiallyDeferred?: boolean | undefined
}

/** A rewrite rule on a table or view. */
export interface Rule {
  readonly kind: 'rule'
  readonly schema?: string | undefined
  readonly table: string
  readonly name: string
  /** The text from `ON event` on, as the database deparses it: `INSERT TO t WHERE … DO INSTEAD …`. */
  readonly definition: string
  readonly enabled?: 'disabled' | 'replica' | 'always' | undefined
  readonly comment?: string | undefined
}

export interface EventTrigger {
  readonly kind: 'eventTrigger'
  readonly name: string
  /** `ddl_command_end`, `sql_drop`, … */
  readonly event: string
  readonly tags?: readonly string[] | undefined
  readonly execute: string
  readonly enabled?: 'disabled' | 'replica' | 'always' | undefined
  readonly comment?: string | undefined
}
