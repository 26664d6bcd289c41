import { dumpOf } from '../round-trip/direct-build.ts'
import { firstDifference } from '../round-trip/dump.ts'
import type { TestDatabase } from '../support/servers.ts'
import { type Command, commands } from './project.ts'
import { expectSame, type HistoryRun, type Reached, recorded } from './run.ts'

/**
 * Goes all the way up and down in one run, and once more with the scripts of these runs in psql; compares
 * with what the single steps have led to. Gives how many ways these are.
 */
export async function compareWholeWays(run: HistoryRun): Promise<number> {
  for (const isOffline of [false, true]) {
    const database = await run.server.createDatabase('whole_way')
    try {
      for (const command of commands.filter(one => one.isOffline === isOffline))
        await recorded(run, command.name, () => compareWholeWay(run, command, database))
    } finally {
      await database.drop()
    }
  }
  return commands.length
}

async function compareWholeWay(
  run: HistoryRun,
  command: Command,
  database: TestDatabase,
): Promise<void> {
  const way = command.direction === 'upgrade' ? run.reached : run.reached.toReversed()
  const dump = await go(run, command, way, database)
  if (firstDifference(dump, way.at(-1)!.dump) === undefined) return
  // Too many steps to go each way from the start: the first wrong step is found by halves.
  let [right, wrong] = [0, way.length - 1]
  let found = dump
  while (wrong - right > 1) {
    const middle = Math.floor((right + wrong) / 2)
    const reached = await goElsewhere(run, command, way.slice(0, middle + 1))
    if (firstDifference(reached, way[middle]!.dump) === undefined) right = middle
    else [wrong, found] = [middle, reached]
  }
  expectSame(`to ${way[wrong]!.name}`, found, way[wrong]!.dump)
}

/** Takes a database that is at the start of a way to its end; gives the dump there. */
async function go(
  { project }: HistoryRun,
  command: Command,
  way: readonly Reached[],
  { url }: TestDatabase,
): Promise<string> {
  await project.move(command, way[0]!.revision, way.at(-1)!.revision, url)
  return dumpOf(url)
}

async function goElsewhere(
  run: HistoryRun,
  command: Command,
  way: readonly Reached[],
): Promise<string> {
  const template = command.direction === 'upgrade' ? undefined : run.database.name
  const database = await run.server.createDatabase('elsewhere', { template })
  try {
    return await go(run, command, way, database)
  } finally {
    await database.drop()
  }
}
