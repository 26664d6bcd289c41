import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ProjectInput } from '../../src/environment/project.ts'
import type { RuntimeEvent } from '../../src/runtime/events.ts'

/** A user's project in a temporary folder. */
export interface TestProject {
  readonly folder: string
  /** What every command is given: the project, and nothing of this process's environment. */
  readonly input: ProjectInput
  /** What the commands reported, oldest first. */
  readonly events: RuntimeEvent[]
  write(path: string, text: string): string
  /** Writes the config anew: the URL, and these keys. */
  configure(config: object): void
  /** Writes `migrations/versions/<id>_test.ts` with the bodies of its two functions. */
  writeRevision(revision: TestRevision): string
  remove(): void
}

export interface TestRevision {
  readonly id: string
  readonly down?: string | readonly string[] | null
  readonly message?: string
  readonly upgrade?: string
  readonly downgrade?: string
}

/** Creates a project whose config holds the URL and nothing else. */
export function createProject(url: string): TestProject {
  const folder = mkdtempSync(join(tmpdir(), 'limbeck-project-'))
  const events: RuntimeEvent[] = []
  const write = (path: string, text: string) => {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    return file
  }
  mkdirSync(join(folder, 'migrations', 'versions'), { recursive: true })
  const configure = (keys: object) =>
    void write('limbeck.config.ts', `export default ${JSON.stringify({ url, ...keys })}\n`)
  configure({})
  return {
    folder,
    events,
    input: { cwd: folder, env: {}, report: event => events.push(event) },
    write,
    configure,
    writeRevision: revision =>
      write(`migrations/versions/${revision.id}_test.ts`, revisionText(revision)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function revisionText({
  id,
  down = null,
  message = `does ${id}`,
  ...bodies
}: TestRevision): string {
  return `/**
 * ${message}
 *
 * Revision ID: ${id}
 */
import { integer, type Op, sql, text, varchar } from 'limbeck'

export const revision = '${id}'
export const downRevision = ${JSON.stringify(down)}
export const branchLabels = null
export const dependsOn = null

export function upgrade(op: Op) {
${bodies.upgrade ?? ''}
}

export function downgrade(op: Op) {
${bodies.downgrade ?? ''}
}
`
}
