import { identityOf } from '../../../operations/identity.ts'
import type {
  Grant,
  GrantableKind,
  PrivilegeTarget,
  Revoke,
} from '../../../operations/operation.ts'
import type { CompileOptions, CompileTable } from '../../dialect.ts'
import { requireFeature } from '../capabilities.ts'
import { quoteList, quoteQualified } from '../quoting.ts'
import { objectName } from './object-names.ts'
import { role } from './roles.ts'
import { words } from './sql.ts'

export const privileges = {
  grant: (operation, options) => [
    words(
      `GRANT ${privilegeList(operation, options)} ON ${target(operation.on)}`,
      `TO ${operation.to.map(role).join(', ')}`,
      operation.withGrantOption && 'WITH GRANT OPTION',
    ),
  ],

  revoke: (operation, options) => [
    words(
      'REVOKE',
      operation.grantOptionOnly && 'GRANT OPTION FOR',
      `${privilegeList(operation, options)} ON ${target(operation.on)}`,
      `FROM ${operation.from.map(role).join(', ')}`,
      operation.cascade && 'CASCADE',
    ),
  ],

  alterOwner: ({ object, to }) => [
    `ALTER ${objectName(object.kind, identityOf(object))} OWNER TO ${role(to)}`,
  ],
} satisfies Partial<CompileTable>

function privilegeList(operation: Grant | Revoke, options: CompileOptions): string {
  const { privileges: names, columns } = operation
  if (names.includes('maintain')) requireFeature('maintain', options)
  const on = columns === undefined ? '' : ` (${quoteList(columns)})`
  return names.map(name => `${name.toUpperCase()}${on}`).join(', ')
}

const targetWords: Readonly<Record<GrantableKind, string>> = {
  table: 'TABLE',
  sequence: 'SEQUENCE',
  schema: 'SCHEMA',
  database: 'DATABASE',
  function: 'FUNCTION',
  procedure: 'PROCEDURE',
  type: 'TYPE',
  domain: 'DOMAIN',
  language: 'LANGUAGE',
  foreignServer: 'FOREIGN SERVER',
  foreignDataWrapper: 'FOREIGN DATA WRAPPER',
  tablespace: 'TABLESPACE',
  allTablesIn: 'ALL TABLES IN SCHEMA',
  allSequencesIn: 'ALL SEQUENCES IN SCHEMA',
  allRoutinesIn: 'ALL ROUTINES IN SCHEMA',
}

function target({ kind, signature, ...name }: PrivilegeTarget): string {
  const types = signature === undefined ? '' : `(${signature})`
  return `${targetWords[kind]} ${quoteQualified(name)}${types}`
}
