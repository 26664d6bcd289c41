import type { Operation } from '../../../operations/operation.ts'
import type { Statement } from '../../../operations/statement.ts'
import { unsupported } from '../../unsupported.ts'

/** The statements of one operation, in order. */
export function compile(operation: Exclude<Operation, { kind: 'run' }>): Statement[] {
  if (operation.kind !== 'execute')
    throw unsupported('SQLite', operation, { what: 'it', instead: '' })
  return [{ sql: operation.sql, transactional: true, operation }]
}
