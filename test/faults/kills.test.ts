import { afterAll, beforeAll, expect, test } from 'vitest'
import { ensureBuilt } from '../../scripts/ensure-built.mjs'
import { type CliProject, createCliProject } from '../support/cli-project.ts'
import { postgresServer } from '../support/servers.ts'
import { type Fault, faults, type PreparedFault } from './faults.ts'

let project: CliProject

beforeAll(() => {
  ensureBuilt()
  project = createCliProject(['pg'])
}, 240_000)

afterAll(() => project.remove())

/** Runs rounds until so many faults have met a run; tells of those that left a difference. */
async function different(prepared: PreparedFault, count: number): Promise<string[]> {
  const stories: string[] = []
  for (let number = 0, met = 0; met < count; number++) {
    const { kills, story, differences } = await prepared.run(number)
    met += kills
    if (differences.length > 0) stories.push([`${number}: ${story}`, ...differences].join('\n'))
  }
  return stories
}

const some = (count: number, fault: Fault) => [count, fault.what, fault] as const

// `npm run faults` does the same a thousand times.
test.for([
  some(22, faults.process!),
  some(8, faults.connection!),
  some(3, faults.server!),
  some(2, faults.files!),
])(
  'after %d %s nobody can tell that there were any',
  { timeout: 240_000 },
  async ([count, , fault], { skip }) => {
    const { major } = await postgresServer()
    const prepared = await fault.prepare({ project, seed: 20261120, major })
    try {
      if (prepared.missing !== undefined) skip(prepared.missing)
      expect(await different(prepared, count)).toEqual([])
    } finally {
      await prepared.stop()
    }
  },
)
