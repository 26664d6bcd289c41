import { compact } from '../declarations/declaration.ts'
import type { AlterTable, ExistingTable, Operation, TableChanges } from './operation.ts'

/**
 * The operations that bring a whole table back. A replica identity by an index of its own waits for
 * that index.
 */
export function restoreTable(
  { table, constraints, indexes }: ExistingTable,
  ifNotExists?: boolean | undefined,
): Operation[] {
  const { replicaIdentity: identity } = table
  const name = typeof identity === 'object' ? identity.index : undefined
  const waits = name !== undefined && indexes.some(index => index.name === name)
  return [
    compact({
      kind: 'createTable',
      table: waits ? compact({ ...table, replicaIdentity: undefined }) : table,
      constraints,
      ifNotExists,
    }),
    ...indexes.map((index): Operation => compact({ kind: 'createIndex', index, ifNotExists })),
    ...(waits && identity
      ? [
          compact<AlterTable>({
            kind: 'alterTable',
            schema: table.schema,
            table: table.name,
            changes: { replicaIdentity: identity },
            existing: { replicaIdentity: 'default' },
          }),
        ]
      : []),
  ]
}

/** The alterTable that gives a table back what another one changed. */
export function reverseAlterTable(operation: AlterTable, existing: TableChanges): AlterTable[] {
  const { changes } = operation
  const is = (key: keyof TableChanges) => changes[key] !== undefined
  const former: TableChanges = {
    ...(is('comment') && { comment: existing.comment ?? null }),
    ...(is('unlogged') && { unlogged: existing.unlogged ?? false }),
    ...(changes.options && { options: formerOptions(changes.options, existing.options ?? {}) }),
    ...(is('rowSecurity') && {
      rowSecurity: existing.rowSecurity ?? { enabled: false, forced: false },
    }),
    ...(is('replicaIdentity') && { replicaIdentity: existing.replicaIdentity ?? 'default' }),
    ...(is('tablespace') && { tablespace: existing.tablespace ?? null }),
    ...(changes.triggers && { triggers: formerFiring(changes.triggers, existing.triggers ?? {}) }),
  }
  return [{ ...operation, changes: former, existing: changes }]
}

function formerFiring(
  changes: NonNullable<TableChanges['triggers']>,
  existing: NonNullable<TableChanges['triggers']>,
): NonNullable<TableChanges['triggers']> {
  return Object.fromEntries(Object.keys(changes).map(name => [name, existing[name] ?? 'enabled']))
}

function formerOptions(
  changes: Readonly<Record<string, string | null>>,
  existing: Readonly<Record<string, string | null>>,
): Record<string, string | null> {
  return Object.fromEntries(Object.keys(changes).map(name => [name, existing[name] ?? null]))
}
