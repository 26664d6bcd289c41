import type { Verdict } from '../../dialects/health.ts'
import type { Situation } from '../../dialects/situation.ts'
import type { Project } from '../../environment/project.ts'
import { embeddedVersion } from './driver.ts'

/** Where autogenerate and check may build a throw-away database; `situation` is that of a server. */
export function scratchVerdict({ config }: Project, situation: Situation | undefined): Verdict {
  const pglite = embeddedVersion()
  const { scratch } = config
  if (typeof scratch === 'object')
    return { status: 'ok', message: 'At the scratchUrl of the config.' }
  if (scratch === 'none')
    return {
      status: 'note',
      message: 'The config allows none: nothing can be compared or proved.',
    }
  const { limits, user } = situation ?? {}
  const mayCreate = situation !== undefined && (limits?.mayCreateDatabases ?? true)
  if (mayCreate && scratch !== 'embedded')
    return { status: 'ok', message: `On the same server: ${user} may create databases.` }
  if (scratch !== 'server' && pglite !== undefined)
    return { status: 'ok', message: `In this process: PGlite ${pglite}.` }
  const create = user === undefined ? '' : `ALTER ROLE ${user} CREATEDB; or `
  return {
    status: 'warning',
    message: 'There is no place for one, so that autogenerate and check cannot compare.',
    fix:
      scratch === 'server'
        ? `ALTER ROLE ${user} CREATEDB;`
        : `${create}npm install --save-dev @electric-sql/pglite`,
  }
}
