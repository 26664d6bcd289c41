import type { Constraint, QualifiedName } from '../../../schema/index.ts'
import type { Connection } from '../../dialect.ts'
import { regclass } from './relations.ts'

interface FoundConstraint {
  readonly name: string
  readonly type: Constraint['type']
  readonly columns: readonly string[]
  readonly referred: string | null
  /** As ALTER TABLE would say it. */
  readonly definition: string
}

/** How the constraints of a table differ from those that are wanted. */
export async function constraintDifferences(
  connection: Connection,
  table: QualifiedName,
  wanted: readonly Constraint[],
): Promise<string[]> {
  const found = await constraintsOf(connection, table)
  return [
    ...wanted
      .filter(constraint => !found.some(one => isSame(constraint, one)))
      .map(constraint => `it lacks the ${spoken(constraint)}`),
    ...found
      .filter(one => !wanted.some(constraint => isSame(constraint, one)))
      .map(({ name, definition }) => `it has the constraint ${name} ${definition}`),
  ]
}

async function constraintsOf(
  connection: Connection,
  table: QualifiedName,
): Promise<FoundConstraint[]> {
  const { rows } = await connection.query<FoundConstraint>(`
    SELECT conname::text AS name, pg_get_constraintdef(c.oid) AS definition,
      CASE contype WHEN 'p' THEN 'primaryKey' WHEN 'u' THEN 'unique' WHEN 'f' THEN 'foreignKey'
        WHEN 'c' THEN 'check' ELSE 'exclude' END AS type,
      ARRAY(SELECT attname::text FROM unnest(conkey) WITH ORDINALITY AS k (number, place)
        JOIN pg_attribute ON attrelid = conrelid AND attnum = k.number ORDER BY place) AS columns,
      (SELECT relname::text FROM pg_class WHERE oid = confrelid) AS referred
    FROM pg_constraint c
    WHERE conrelid = ${regclass(table)} AND contype IN ('p', 'u', 'f', 'c', 'x')
    ORDER BY conname`)
  return rows
}

/** A key is the same by its columns; an expression cannot be compared, so that the name has to do. */
function isSame(constraint: Constraint, found: FoundConstraint): boolean {
  if (constraint.type !== found.type) return false
  if (constraint.type === 'check' || constraint.type === 'exclude')
    return constraint.name === undefined || constraint.name === found.name
  const isOnSame = constraint.columns.join('\0') === found.columns.join('\0')
  if (constraint.type !== 'foreignKey') return isOnSame
  return isOnSame && constraint.references.table === found.referred
}

const words: Readonly<Record<Constraint['type'], string>> = {
  primaryKey: 'primary key',
  unique: 'unique constraint',
  foreignKey: 'foreign key',
  check: 'check',
  exclude: 'exclusion constraint',
}

function spoken(constraint: Constraint): string {
  const name = constraint.name === undefined ? '' : ` ${constraint.name}`
  const on = 'columns' in constraint ? ` (${constraint.columns.join(', ')})` : ''
  const to = constraint.type === 'foreignKey' ? ` to ${constraint.references.table}` : ''
  return `${words[constraint.type]}${name}${on}${to}`
}
