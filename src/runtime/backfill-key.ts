import type { Connection, Dialect, UniqueKey } from '../dialects/dialect.ts'
import { LimbeckError } from '../errors.ts'
import type { Backfill } from '../operations/operation.ts'
import { displayName } from '../schema/index.ts'

/** The columns along which a backfill walks: those of the key that it names, or of the primary key. */
export async function backfillKey(
  operation: Backfill,
  connection: Connection,
  dialect: Dialect,
): Promise<readonly string[]> {
  const { schema, table, key, set } = operation
  const name = { schema, name: table }
  if (dialect.uniqueKeys === undefined) throw unsupported(dialect)
  // The database's own words for a table that is not there, or may not be read.
  await connection.query(`SELECT 1 FROM ${dialect.quoteQualified(name)} WHERE 1 = 0`)
  const keys = await dialect.uniqueKeys(connection, name)
  const chosen = keys.find(one => (key === undefined ? one.isPrimary : isMeant(one, key)))
  if (chosen === undefined) throw keyMissing(operation, keys)
  const moved = chosen.columns.filter(column => typeof set === 'object' && column in set)
  if (moved.length > 0) throw keyMoved(operation, moved)
  return chosen.columns
}

/** By its name, by its one column, or by all of its columns. */
function isMeant({ name, columns }: UniqueKey, key: string | readonly string[]): boolean {
  if (typeof key === 'string') return name === key || (columns.length === 1 && columns[0] === key)
  return columns.length === key.length && columns.every(column => key.includes(column))
}

function keyMissing({ schema, table, key }: Backfill, keys: readonly UniqueKey[]): LimbeckError {
  const name = displayName({ schema, name: table })
  const wanted = [key ?? []].flat().join(', ')
  const others = keys.map(one => `${one.name} (${one.columns.join(', ')})`)
  return new LimbeckError(
    'BACKFILL_KEY',
    key === undefined
      ? `${name} has no primary key along which op.backfill could walk.`
      : `${name} has no unique key ${wanted} whose columns are all NOT NULL.`,
    {
      facts: { table: name, key, keys },
      hint:
        others.length === 0
          ? 'Give the table one first, or use op.run.'
          : `Name one with \`key\`: ${others.join(', ')}.`,
    },
  )
}

function keyMoved({ schema, table }: Backfill, columns: readonly string[]): LimbeckError {
  const name = displayName({ schema, name: table })
  return new LimbeckError(
    'BACKFILL_KEY',
    `op.backfill of ${name} sets ${columns.join(', ')}, of the key along which it walks: it would meet rows again.`,
    {
      facts: { table: name, columns },
      hint: 'Name another unique key with `key`, or use op.execute.',
    },
  )
}

function unsupported({ name }: Dialect): LimbeckError {
  return new LimbeckError('OPERATION_UNSUPPORTED', `op.backfill does not run on ${name} yet.`, {
    facts: { dialect: name, operation: 'backfill' },
    hint: 'Use op.execute with one UPDATE.',
  })
}
