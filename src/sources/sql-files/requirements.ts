import type { Node, RoleSpec } from 'libpg-query'
import type { SourceRequirements } from '../source.ts'

/** The roles and extensions that statements need in the server, and those that are asked for. */
export function requirementsOf(
  nodes: readonly Node[],
  { roles = [], extensions = [] }: SourceRequirements,
): SourceRequirements {
  return {
    roles: unique([...roles, ...nodes.flatMap(rolesIn)]),
    extensions: unique([...extensions, ...nodes.flatMap(extensionsIn)]),
  }
}

const unique = (names: readonly string[]): string[] => [...new Set(names)]

function extensionsIn(node: Node): string[] {
  const name = 'CreateExtensionStmt' in node ? node.CreateExtensionStmt.extname : undefined
  return name === undefined ? [] : [name]
}

/** Roles named anywhere in a statement (`CREATE POLICY … TO app`); PUBLIC and CURRENT_USER are none. */
function rolesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  const { roletype, rolename } = value as RoleSpec
  if (roletype === 'ROLESPEC_CSTRING' && rolename !== undefined) return [rolename]
  return Object.values(value).flatMap(rolesIn)
}
