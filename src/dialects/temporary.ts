import type { DropTable } from '../operations/operation.ts'
import type { QualifiedName } from '../schema/index.ts'

/** A table that is dropped, by the schema of temporary ones if it is one: never another of its name. */
export function temporaryIn(schema: string, operation: DropTable): QualifiedName {
  return operation.existing?.table.temporary ? { schema, name: operation.name } : operation
}
