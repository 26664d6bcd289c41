import { afterAll, beforeAll, expect, test } from 'vitest'
import { ensureBuilt } from '../../scripts/ensure-built.mjs'
import { type CliProject, createCliProject } from '../support/cli-project.ts'
import { postgresServer } from '../support/servers.ts'
import { prepareRounds, type Rounds, type Victim } from './rounds.ts'

const seed = 20261120

let project: CliProject
let rounds: Rounds

beforeAll(async () => {
  ensureBuilt()
  project = createCliProject(['pg'])
  rounds = await prepareRounds(await postgresServer(), project, seed)
}, 240_000)

afterAll(async () => {
  await rounds.stop()
  project.remove()
})

/** Runs rounds until so many kills have met a run; tells of those that left a difference. */
async function disturb(victim: Victim, kills: number): Promise<string[]> {
  const different: string[] = []
  for (let number = 0, met = 0; met < kills; number++) {
    const result = await rounds.run(victim, number)
    met += result.kills
    if (result.differences.length > 0)
      different.push([`${victim} ${number}: ${result.story}`, ...result.differences].join('\n'))
  }
  return different
}

// `npm run faults` does the same a thousand times.
test.each<[kills: number, victim: Victim]>([
  [22, 'process'],
  [8, 'connection'],
])(
  'after %d kills of the %s nobody can tell that there were any',
  async (kills, victim) => {
    expect(await disturb(victim, kills)).toEqual([])
  },
  240_000,
)
