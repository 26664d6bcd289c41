import type { Operation } from '../../operations/operation.ts'
import type { Capabilities } from '../capabilities.ts'
import type { CompileOptions } from '../dialect.ts'
import { refuseFacets, unsupported } from '../unsupported.ts'

/** Every DDL statement commits what is open. */
export const capabilities: Capabilities = { transactionalDdl: false }

/** MariaDB counts on from 10, MySQL has not come that far; an unknown server may be either. */
export function isMysqlProper({ serverVersion }: CompileOptions): boolean {
  return Boolean(serverVersion) && (serverVersion ?? 0) < 100_000
}

/** Words that MariaDB alone understands: `IF EXISTS` of anything but a table, view, routine or trigger. */
export function mariadbWords(
  words: string,
  isWanted: boolean | undefined,
  operation: Operation,
  options: CompileOptions,
): string {
  if (!isWanted) return ''
  if (!isMysqlProper(options)) return words
  throw lacks(operation, `${words} here`, 'MariaDB has it. On MySQL, know what is there.')
}

/** Refuses an operation that needs what MySQL has not. */
export function lacks(operation: Operation, what: string, instead: string) {
  return unsupported('MySQL', operation, { what, instead })
}

/** Refuses what an object is told and MySQL cannot keep. */
export function refuse<T extends object>(
  operation: Operation,
  told: T,
  facets: { readonly [K in keyof T]?: string },
): void {
  refuseFacets('MySQL', operation, told, facets)
}
