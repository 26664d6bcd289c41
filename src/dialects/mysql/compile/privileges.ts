import type {
  Grant,
  GrantableKind,
  Operation,
  Privilege,
  PrivilegeTarget,
  Revoke,
} from '../../../operations/operation.ts'
import type { CompileTable } from '../../dialect.ts'
import { lacking } from '../../unsupported.ts'
import { lacks, refuse } from '../capabilities.ts'
import { quote, quoteList, quoteQualified, stringLiteral } from '../quoting.ts'

/** Privileges where they mean the same as elsewhere. */
export const privileges = {
  grant: operation => {
    refuse(operation, operation, { withGrantOption: 'a grant option of one privilege' })
    return [
      `GRANT ${privilegeList(operation)} ON ${target(operation)} TO ${accounts(operation, operation.to)}`,
    ]
  },

  revoke: operation => {
    refuse(operation, operation, {
      withGrantOption: 'a grant option of one privilege',
      grantOptionOnly: 'a grant option of one privilege',
      cascade: 'CASCADE of privileges',
    })
    return [
      `REVOKE ${privilegeList(operation)} ON ${target(operation)} FROM ${accounts(operation, operation.from)}`,
    ]
  },

  alterOwner: lacking('MySQL', 'owners', 'Grant the privileges that the role needs.'),
} satisfies Partial<CompileTable>

const common = new Set<Privilege>([
  'select',
  'insert',
  'update',
  'delete',
  'references',
  'trigger',
  'execute',
  'create',
  'all',
])

function privilegeList(operation: Grant | Revoke): string {
  const { privileges: names, columns } = operation
  const unknown = names.find(name => !common.has(name))
  if (unknown !== undefined) throw lacks(operation, `the privilege ${unknown}`, 'Leave it out.')
  const on = columns === undefined ? '' : ` (${quoteList(columns)})`
  return names.map(name => `${name.toUpperCase()}${on}`).join(', ')
}

const spellings: { readonly [K in GrantableKind]?: (name: PrivilegeTarget) => string } = {
  table: name => `TABLE ${quoteQualified(name)}`,
  schema: ({ name }) => `${quote(name)}.*`,
  function: name => `FUNCTION ${quoteQualified(name)}`,
  procedure: name => `PROCEDURE ${quoteQualified(name)}`,
}

function target(operation: Grant | Revoke): string {
  const { on } = operation
  const spelled = spellings[on.kind]?.(on)
  if (spelled !== undefined) return spelled
  const instead = `Grant on a ${Object.keys(spellings).join(', ')}.`
  throw lacks(operation, `privileges on what ${on.kind} names`, instead)
}

/** Accounts, `app` or `app@localhost`; the host is whatever follows the last `@`. */
function accounts(operation: Operation, names: readonly string[]): string {
  return names.map(name => account(operation, name)).join(', ')
}

function account(operation: Operation, name: string): string {
  if (['public', 'current_user', 'session_user', 'current_role'].includes(name))
    throw lacks(operation, `the role ${name}`, 'Name an account.')
  const at = name.lastIndexOf('@')
  const [user, host] = at > 0 ? [name.slice(0, at), name.slice(at + 1)] : [name]
  return host === undefined ? stringLiteral(user) : `${stringLiteral(user)}@${stringLiteral(host)}`
}
