import { identityOf } from '../../../operations/identity.ts'
import type { CompileTable } from '../../dialect.ts'
import { quote } from '../quoting.ts'
import { objectName } from './object-names.ts'
import { alterTable } from './table-names.ts'

export const renames = {
  renameObject: ({ object, newName }) => {
    const to = quote(newName)
    if (object.kind === 'constraint')
      return [`${alterTable(object)} RENAME CONSTRAINT ${quote(object.name ?? '')} TO ${to}`]
    return [`ALTER ${objectName(object.kind, identityOf(object))} RENAME TO ${to}`]
  },
} satisfies Partial<CompileTable>
