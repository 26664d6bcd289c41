import { identityOf } from '../../../operations/identity.ts'
import type { SetComment } from '../../../operations/operation.ts'
import type { CompileTable } from '../../dialect.ts'
import { quote, quoteQualified } from '../quoting.ts'
import { nameAfterWord, objectName } from './object-names.ts'
import { comment } from './sql.ts'
import { tableName } from './table-names.ts'

export const comments = {
  setComment: operation => [comment(target(operation), operation.comment)],
} satisfies Partial<CompileTable>

/** What COMMENT ON names: an object, or a part of one. */
function target({ object, column, constraint }: SetComment): string {
  if (object.kind === 'constraint') {
    return `CONSTRAINT ${quote(object.name ?? '')} ON ${tableName(object)}`
  }
  const identity = identityOf(object)
  if (column !== undefined) {
    return `COLUMN ${nameAfterWord(object.kind, identity)}.${quote(column)}`
  }
  if (constraint !== undefined) {
    return `CONSTRAINT ${quote(constraint)} ON DOMAIN ${quoteQualified(identity)}`
  }
  return objectName(object.kind, identity)
}
