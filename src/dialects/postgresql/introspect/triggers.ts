import type { Firing, Trigger, TriggerEvent } from '../../../schema/index.ts'
import { type CatalogQuery, commentOf, isNoMember, isUserSchema } from './catalog-query.ts'
import type { ColumnsByTable } from './columns.ts'
import { clause, withoutParentheses } from './deparsed.ts'
import { address, type FoundObject, flag, present, some } from './found-object.ts'

/** Whether a trigger or rule fires: in ordinary sessions, never, in replicas, always. */
export type FiringState = 'O' | 'D' | 'R' | 'A'

/** What a firing state is called; ordinary sessions are the default. */
export const firingStates = { O: undefined, D: 'disabled', R: 'replica', A: 'always' } as const

const firing = (state: FiringState): Firing => firingStates[state] ?? 'enabled'

interface TriggerRow {
  readonly oid: string
  readonly schema: string
  readonly table: string
  readonly tableName: string
  readonly name: string
  /** A set of bits: see `events` and `timing`. */
  readonly type: number
  readonly columnNumbers: readonly number[]
  readonly definition: string
  readonly isConstraint: boolean
  readonly from: { readonly schema: string; readonly name: string } | null
  readonly deferrable: boolean
  readonly deferred: boolean
  readonly oldTable: string | null
  readonly newTable: string | null
  readonly enabled: FiringState
  readonly comment: string | null
  /** Of a partition's copy: the trigger that it is a copy of. */
  readonly parent: string | null
}

/** Those that the server made for itself are left out, but the copies in partitions may look like them. */
export const triggersQuery: CatalogQuery<TriggerRow> = () => `
  select g.oid, n.nspname as schema, t.oid as "table", t.relname as "tableName", g.tgname as name,
    g.tgtype as type, g.tgattr as "columnNumbers", pg_get_triggerdef(g.oid) as definition,
    g.tgconstraint <> 0 as "isConstraint",
    (select json_build_object('schema', fn.nspname, 'name', f.relname)
      from pg_class f join pg_namespace fn on fn.oid = f.relnamespace
      where f.oid = g.tgconstrrelid) as from,
    g.tgdeferrable as deferrable, g.tginitdeferred as deferred, g.tgoldtable as "oldTable",
    g.tgnewtable as "newTable", g.tgenabled as enabled, ${commentOf('pg_trigger', 'g.oid')} as comment,
    nullif(g.tgparentid, 0) as parent
  from pg_trigger g
  join pg_class t on t.oid = g.tgrelid
  join pg_namespace n on n.oid = t.relnamespace
  where (not g.tgisinternal or g.tgparentid <> 0) and ${isUserSchema}
    and ${isNoMember('pg_class', 't.oid')}`

/** A partition's copies come and go with it: one is there for itself where it fires otherwise. */
export function readTriggers(
  rows: readonly TriggerRow[],
  columns: ColumnsByTable,
): FoundObject<Trigger>[] {
  const byOid = new Map(rows.map(row => [row.oid, row]))
  const found = new Map<TriggerRow, TriggerRow[]>()
  for (const row of rows) {
    const owner = withOwnFiring(row, byOid)
    if (owner !== undefined) found.set(owner, [...(found.get(owner) ?? []), row])
  }
  return [...found].map(([row, copies]) => ({
    object: readTrigger(row, columns, byOid.get(row.parent ?? '')),
    addresses: copies.map(({ oid }) => address('pg_trigger', oid)),
  }))
}

/** The trigger that a row only repeats, or itself; undefined where that is one of the server's own. */
function withOwnFiring(
  row: TriggerRow,
  byOid: ReadonlyMap<string, TriggerRow>,
): TriggerRow | undefined {
  if (row.parent === null) return row
  const parent = byOid.get(row.parent)
  const owner = parent && withOwnFiring(parent, byOid)
  return owner && parent.enabled !== row.enabled ? row : owner
}

const bits = { row: 1, before: 2, insert: 4, delete: 8, update: 16, truncate: 32, insteadOf: 64 }

function readTrigger(
  row: TriggerRow,
  columns: ColumnsByTable,
  parent: TriggerRow | undefined,
): Trigger {
  const when = clause(row.definition, 'WHEN', ['EXECUTE'])
  return present({
    kind: 'trigger' as const,
    schema: row.schema,
    table: row.tableName,
    name: row.name,
    timing: timing(row.type),
    events: events(row.type),
    updateOf: some(columns.names(row.table, row.columnNumbers)),
    forEach: row.type & bits.row ? ('row' as const) : ('statement' as const),
    when: when && withoutParentheses(when),
    execute: clause(row.definition, 'EXECUTE FUNCTION') ?? '',
    constraint: row.isConstraint ? constraint(row) : undefined,
    oldTable: row.oldTable,
    newTable: row.newTable,
    enabled: firingStates[row.enabled],
    inherited: parent && firing(parent.enabled),
    comment: parent ? null : row.comment,
  })
}

function timing(type: number): Trigger['timing'] {
  if (type & bits.insteadOf) return 'instead of'
  return type & bits.before ? 'before' : 'after'
}

function events(type: number): TriggerEvent[] {
  return (['insert', 'delete', 'update', 'truncate'] as const).filter(event => type & bits[event])
}

function constraint(row: TriggerRow): Trigger['constraint'] {
  return present({
    from: row.from,
    deferrable: flag(row.deferrable),
    initiallyDeferred: flag(row.deferred),
  })
}
