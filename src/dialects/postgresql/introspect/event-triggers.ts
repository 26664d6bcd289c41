import type { EventTrigger } from '../../../schema/index.ts'
import { type CatalogQuery, commentOf, isNoMember } from './catalog-query.ts'
import { address, type FoundObject, present, some } from './found-object.ts'
import { type FiringState, firingStates } from './triggers.ts'

interface EventTriggerRow {
  readonly oid: string
  readonly name: string
  readonly event: string
  readonly tags: readonly string[] | null
  readonly function: string
  readonly enabled: FiringState
  readonly comment: string | null
}

export const eventTriggersQuery: CatalogQuery<EventTriggerRow> = () => `
  select e.oid, e.evtname as name, e.evtevent as event, e.evttags as tags,
    e.evtfoid::regproc::text as function, e.evtenabled as enabled,
    ${commentOf('pg_event_trigger', 'e.oid')} as comment
  from pg_event_trigger e
  where ${isNoMember('pg_event_trigger', 'e.oid')}`

export function readEventTriggers(rows: readonly EventTriggerRow[]): FoundObject<EventTrigger>[] {
  return rows.map(row => ({
    object: present({
      kind: 'eventTrigger' as const,
      name: row.name,
      event: row.event,
      tags: some(row.tags),
      execute: `${row.function}()`,
      enabled: firingStates[row.enabled],
      comment: row.comment,
    }),
    addresses: [address('pg_event_trigger', row.oid)],
  }))
}
