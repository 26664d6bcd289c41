import { dumpOf } from '../round-trip/direct-build.ts'
import { firstDifference } from '../round-trip/dump.ts'
import type { TestDatabase } from '../support/servers.ts'
import type { Direction } from './project.ts'
import { expectSame, type HistoryRun, type Reached, recorded } from './run.ts'

/**
 * Takes a database of its own all the way up and down with psql, and compares it with what the steps have
 * led to. Gives how many scripts that are.
 */
export async function compareScripts(run: HistoryRun): Promise<number> {
  const upwards = run.reached
  const downwards = run.reached.toReversed()
  const database = await run.server.createDatabase('offline')
  try {
    for (const [direction, way] of [
      ['upgrade', upwards],
      ['downgrade', downwards],
    ] as const)
      await recorded(run, `${direction} --sql`, () => compareScript(run, direction, way, database))
  } finally {
    await database.drop()
  }
  return 2
}

/** Runs the script of a way, which a list of what is passed describes; names the step that went wrong. */
async function compareScript(
  run: HistoryRun,
  direction: Direction,
  way: readonly Reached[],
  database: TestDatabase,
): Promise<void> {
  const dump = await follow(run, direction, way, database)
  if (firstDifference(dump, way.at(-1)!.dump) === undefined) return
  // Too many steps to run the script of each: the first wrong one is found by halves.
  let [right, wrong] = [0, way.length - 1]
  let found = dump
  while (wrong - right > 1) {
    const middle = Math.floor((right + wrong) / 2)
    const reached = await rehearse(run, direction, way.slice(0, middle + 1))
    if (firstDifference(reached, way[middle]!.dump) === undefined) right = middle
    else [wrong, found] = [middle, reached]
  }
  expectSame(`to ${way[wrong]!.name}`, found, way[wrong]!.dump)
}

/** Gives what the script of a way leads to in a database that is at its start. */
async function follow(
  { project }: HistoryRun,
  direction: Direction,
  way: readonly Reached[],
  { url }: TestDatabase,
): Promise<string> {
  await project.runOffline(direction, `${way[0]!.revision}:${way.at(-1)!.revision}`, url)
  return dumpOf(url)
}

async function rehearse(
  run: HistoryRun,
  direction: Direction,
  way: readonly Reached[],
): Promise<string> {
  const template = direction === 'upgrade' ? undefined : run.database.name
  const database = await run.server.createDatabase('rehearsal', { template })
  try {
    return await follow(run, direction, way, database)
  } finally {
    await database.drop()
  }
}
