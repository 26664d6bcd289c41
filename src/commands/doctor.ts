import type { Environment } from '../environment/environment.ts'
import { loadEnvironment } from '../environment/environment.ts'
import { openProject, type Project } from '../environment/project.ts'
import { runEnvironment } from '../environment/run-environment.ts'
import { readScripts } from '../environment/scripts.ts'
import { type DatabaseGround, examine } from './doctor/database.ts'
import { driver } from './doctor/driver.ts'
import { Findings, problemOf, unchecked } from './doctor/findings.ts'
import { installation } from './doctor/installation.ts'
import { scratchVerdict } from './doctor/scratch.ts'
import { scriptsVerdict } from './doctor/scripts.ts'
import { extensionsOf, loadedTarget } from './doctor/target.ts'
import type { DoctorInput } from './inputs.ts'
import type { DoctorResult } from './results/doctor.ts'

/**
 * Looks at everything that a run needs, from the installation to the database, and says what is wrong
 * with it and what to do. It goes as far as it can, and changes nothing.
 */
export async function doctor(input: DoctorInput): Promise<DoctorResult> {
  const findings = new Findings(input.report ?? (() => {}))
  findings.add('installation', installation())
  const project = await findings.attempt(
    'config',
    () => openProject({ ...input, report: findings.report }),
    ({ config }) => ({ status: 'ok', message: `${config.path}.` }),
  )
  if (project === undefined) findings.add('project', unchecked('there is no usable config'))
  else await examineProject(findings, project)
  return findings.result()
}

async function examineProject(findings: Findings, project: Project): Promise<void> {
  const { config } = project
  const scripts = await findings.attempt(
    'revision files',
    () => readScripts(project),
    scriptsVerdict,
  )
  const environment = await findings.attempt(
    'env.ts',
    () => loadEnvironment(project),
    ({ path }) => ({
      status: 'ok',
      message: path === undefined ? 'There is none: the defaults apply.' : `${path}.`,
    }),
  )
  findings.add('driver', driver(config))
  const needed = scripts === undefined ? [] : extensionsOf(scripts)
  if (environment === undefined) {
    findings.add('target', unchecked('env.ts cannot be loaded'))
    findings.add('database', unchecked('env.ts cannot be loaded'))
    return
  }
  const target = await loadedTarget(environment, project)
  findings.add('target', target.verdict)
  const extensions = [...new Set([...needed, ...target.extensions])]
  await examineDatabases({ findings, project, scripts, extensions }, environment)
}

async function examineDatabases(ground: DatabaseGround, environment: Environment): Promise<void> {
  const { findings, project } = ground
  let isReached = false
  try {
    await runEnvironment({
      project,
      environment,
      scripts: ground.scripts,
      work: async session => {
        isReached = true
        await examine(ground, session)
      },
    })
  } catch (error) {
    findings.add('connection', problemOf(error))
    findings.database = undefined
  }
  if (isReached) return
  findings.add('database', unchecked('it was not reached'))
  findings.add('scratch database', scratchVerdict(project, undefined))
}
