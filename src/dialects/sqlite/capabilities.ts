import { describe } from '../../operations/describe.ts'
import type { Operation } from '../../operations/operation.ts'
import type { Capabilities } from '../capabilities.ts'
import { incomplete } from '../sql-words.ts'
import { refuseFacets, unsupported } from '../unsupported.ts'

export const capabilities: Capabilities = { transactionalDdl: true }

/** Refuses an operation that needs what SQLite has not. */
export function lacks(operation: Operation, what: string, instead: string) {
  return unsupported('SQLite', operation, { what, instead })
}

/** Refuses what an object is told and SQLite cannot keep. */
export function refuse<T extends object>(
  operation: Operation,
  told: T,
  facets: { readonly [K in keyof T]?: string },
): void {
  refuseFacets('SQLite', operation, told, facets)
}

/** Refuses a change that ALTER TABLE has no words for where the table is not described. */
export function needsRebuild(operation: Operation, table: string) {
  return incomplete(
    `\`${describe(operation)}\` takes a new table in SQLite, which has no ALTER TABLE for it, and nothing says what the whole table is.`,
    `Write it inside op.batchAlterTable('${table}', { existing: table('${table}', …) }, batch => …), where \`existing\` is the whole table as it is now.`,
    { table, operation: operation.kind },
  )
}
