import type { Verdict } from '../../dialects/health.ts'
import type { RowRight, Situation } from '../../dialects/situation.ts'
import type { MigrationSession } from '../../runtime/migration-session.ts'
import { mismatches } from '../../runtime/preflight/expected.ts'
import { type MissingRight, Rights, remedies } from '../../runtime/preflight/rights.ts'
import { displayName } from '../../schema/index.ts'
import { counted, fewOf, listed } from '../../text/sentences.ts'

/** Whether it is the database that the config expects. */
export function expectVerdict({ expect }: MigrationSession, situation: Situation): Verdict {
  const { database, user, hosts, ports } = situation
  const host = hosts[0] === undefined ? '' : ` on ${hosts[0]}:${ports[0]}`
  if (expect === undefined)
    return {
      status: 'ok',
      message: `${database}${host}, as ${user}; \`expect\` in the config would refuse any other.`,
    }
  const wrong = mismatches(expect, situation)
  if (wrong.length === 0)
    return { status: 'ok', message: `${database}${host}, as ${user}: what the config expects.` }
  const parts = wrong.map(({ what, found, expected }) => `${what} is ${found}, not ${expected}`)
  return {
    status: 'problem',
    message: `It is not what the config expects: ${listed(parts)}.`,
    fix: 'Correct the URL, or `expect` in the config.',
  }
}

/** Whether anything can be written at all. */
export async function writableVerdict(
  { connection, dialect }: MigrationSession,
  situation: Situation,
): Promise<Verdict> {
  if (!(situation.isStandby || situation.isReadOnly))
    return { status: 'ok', message: 'A primary, and sessions may write.' }
  const { sentence, hint } = (await dialect.writeBarrier?.(connection!, situation)) ?? {}
  return { status: 'problem', message: sentence ?? 'Sessions may not write here.', fix: hint }
}

const allRights: readonly RowRight[] = ['SELECT', 'INSERT', 'UPDATE', 'DELETE']

/** Whether the role may do what revisions usually do. */
export function rightsVerdicts(session: MigrationSession, situation: Situation): Verdict[] {
  const { limits, user } = situation
  if (limits === undefined) return [{ status: 'ok', message: `${user} is a superuser.` }]
  const rights = new Rights(situation, limits, session.dialect)
  const own = missingIn(session, rights)
  const missing = [...own, ...rights.creation(undefined)]
  return [
    missing.length === 0
      ? {
          status: 'ok',
          message: `${user} may create tables, and write the version table and the ledger.`,
        }
      : {
          // Revisions that create nothing run nevertheless.
          status: own.length === 0 ? 'warning' : 'problem',
          message: `${user} may not: ${unique(missing.map(({ lacks }) => lacks)).join('; ')}.`,
          fix: remedies(missing).join(' '),
        },
    ...foreignTables(situation),
  ]
}

const unique = (words: readonly string[]): string[] => [...new Set(words)]

function missingIn({ versionTable, ledger }: MigrationSession, rights: Rights): MissingRight[] {
  return [versionTable.name, ledger.name].flatMap(name =>
    rights.isThere(name)
      ? [
          ...rights.usage(name.schema),
          ...rights.rows(name, name === ledger.name ? allRights.slice(0, 3) : allRights),
        ]
      : rights.creation(name.schema),
  )
}

function foreignTables({ user, limits }: Situation): Verdict[] {
  const own = new Set(limits?.tables.map(displayName))
  const foreign = (limits?.foreign ?? []).filter(table => !own.has(displayName(table)))
  if (foreign.length === 0) return []
  const owners = [...new Set(foreign.map(({ owner }) => owner))]
  return [
    {
      status: 'note',
      message: `${counted(foreign.length, 'table')} belong${foreign.length === 1 ? 's' : ''} to ${listed(owners)}, and ${user} may not alter them: ${fewOf(foreign.map(displayName), 3)}.`,
      fix: `Where revisions alter them: GRANT ${owners[0]} TO ${user}; or SET ROLE in env.ts.`,
    },
  ]
}
