import { LimbeckError } from '../errors.ts'
import { describe } from '../operations/describe.ts'
import type { Operation } from '../operations/operation.ts'

/** What a database lacks, and what its users do instead. */
export interface Lack {
  /** In the plural: `domains`. */
  readonly what: string
  readonly instead: string
}

/** Refuses an operation that a database has nothing for, before anything runs. */
export function unsupported(
  database: string,
  operation: Operation,
  { what, instead }: Lack,
): LimbeckError {
  return new LimbeckError(
    'OPERATION_UNSUPPORTED',
    `\`${describe(operation)}\` needs ${what}, which ${database} does not have.`,
    { facts: { database, operation: operation.kind, needs: what }, hint: instead },
  )
}

/** An entry of a compile table for an operation that the database lacks. */
export function lacking(database: string, what: string, instead: string) {
  return (operation: Operation): never => {
    throw unsupported(database, operation, { what, instead })
  }
}

/**
 * Refuses what an object is told and the database cannot keep: `lacks` names each in the plural.
 * What is absent, false or empty demands nothing.
 */
export function refuseFacets<T extends object>(
  database: string,
  operation: Operation,
  told: T,
  lacks: { readonly [K in keyof T]?: string },
): void {
  for (const [key, what] of Object.entries(lacks) as [string, string][]) {
    const value = Reflect.get(told, key)
    const isEmpty = Array.isArray(value) && value.length === 0
    if (value === undefined || value === null || value === false || isEmpty) continue
    throw unsupported(database, operation, { what, instead: `Leave \`${key}\` out.` })
  }
}
