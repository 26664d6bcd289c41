import type { Connection } from '../dialects/dialect.ts'
import { LimbeckError } from '../errors.ts'
import type { Operation } from '../operations/operation.ts'
import { quoteIdentifier } from '../schema/index.ts'
import type { SourceContent, SourceRequirements } from '../sources/source.ts'
import { extensionHint } from './missing-extension.ts'
import { createRole } from './missing-role.ts'

/** Roles and extensions by name. */
type Requirements = Required<SourceRequirements>

/** What sources need in the server: what they say, and what their operations name. */
export function requirementsOf(contents: readonly SourceContent[]): Requirements {
  const operations = contents.flatMap(content =>
    'operations' in content ? content.operations : [],
  )
  const said = (kind: keyof Requirements) =>
    contents.flatMap(({ requires }) => requires?.[kind] ?? [])
  return {
    roles: [...new Set([...said('roles'), ...operations.flatMap(rolesIn)])],
    extensions: [...new Set([...said('extensions'), ...operations.flatMap(extensionsIn)])],
  }
}

/** Words that stand in the place of a role and are none. */
const noRole = /^(public|current_role|current_user|session_user)$/i

function rolesIn(operation: Operation): readonly string[] {
  return rolesNamed(operation).filter(role => !noRole.test(role))
}

function rolesNamed(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case 'createPolicy':
      return operation.object.roles ?? []
    case 'grant':
      return operation.to
    case 'revoke':
      return operation.from
    case 'alterOwner':
      return [operation.to]
    default:
      return []
  }
}

function extensionsIn(operation: Operation): string[] {
  return operation.kind === 'createExtension' ? [operation.object.name] : []
}

/** The required roles and extensions that the server does not have. */
export async function missingRequirements(
  connection: Connection,
  { roles = [], extensions = [] }: SourceRequirements,
): Promise<Requirements> {
  if (roles.length === 0 && extensions.length === 0) return { roles: [], extensions: [] }
  const { rows } = await connection.query<{ roles: string[]; extensions: string[] }>(
    `SELECT ARRAY(SELECT name FROM unnest($1::text[]) name
        WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)) AS roles,
      ARRAY(SELECT name FROM unnest($2::text[]) name
        WHERE NOT EXISTS (SELECT FROM pg_available_extensions e WHERE e.name = name.name)) AS extensions`,
    [roles, extensions],
  )
  return rows[0]!
}

/** Who needs something, and how it is said that the server of the scratch database lacks it. */
const sentences = {
  target: 'The target needs what the server of the scratch database does not have',
  database: 'The database has what the server of the scratch database does not',
  history: 'The revisions need what the server of the scratch database does not have',
}

type Whose = keyof typeof sentences

/**
 * Throws with everything that the target or the database needs and the server lacks, before anything is
 * built. An embedded server is nobody else's, so roles are made there.
 */
export async function provideRequirements(
  connection: Connection,
  needs: Readonly<Partial<Record<Whose, SourceRequirements>>>,
): Promise<void> {
  const missing: Missing[] = []
  for (const [whose, requirements] of Object.entries(needs)) {
    const lacking = await missingRequirements(connection, requirements)
    missing.push({ whose: whose as Whose, ...(await withRoles(connection, lacking)) })
  }
  const real = missing.filter(({ roles, extensions }) => roles.length + extensions.length > 0)
  if (real.length > 0) throw requirementsMissing(real, connection)
}

interface Missing extends Requirements {
  readonly whose: Whose
}

/** What is still missing when roles were made where they may be. */
async function withRoles(connection: Connection, missing: Requirements): Promise<Requirements> {
  if (connection.kind !== 'embedded') return missing
  for (const role of missing.roles) await createRole(connection, role)
  return { ...missing, roles: [] }
}

function requirementsMissing(missing: readonly Missing[], { kind }: Connection): LimbeckError {
  const roles = [...new Set(missing.flatMap(one => one.roles))]
  const extensions = [...new Set(missing.flatMap(one => one.extensions))]
  const commands = roles.map(role => `CREATE ROLE ${quoteIdentifier(role)};`).join(' ')
  const hints = [
    ...(roles.length > 0 ? [`Create them first: ${commands}`] : []),
    ...(extensions.length > 0 ? [extensionHint(extensions, kind)] : []),
  ]
  return new LimbeckError('REQUIREMENTS_MISSING', missing.map(sentenceOf).join('\n'), {
    facts: { roles, extensions },
    hint: hints.join(' '),
  })
}

function sentenceOf({ whose, roles, extensions }: Missing): string {
  const names = [...counted('role', roles), ...counted('extension', extensions)]
  return `${sentences[whose]}: ${names.join('; ')}.`
}

function counted(word: string, names: readonly string[]): string[] {
  if (names.length === 0) return []
  return [`${word}${names.length > 1 ? 's' : ''} ${names.join(', ')}`]
}
