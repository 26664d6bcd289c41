import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { CliProject } from '../support/cli-project.ts'
import { queryOnce, type TestServer } from '../support/servers.ts'
import { startSql, writeHistory } from './history.ts'

/** What a process holds after so many rounds. */
export interface SoakSample {
  readonly round: number
  /** Bytes, after the garbage is collected. */
  readonly heap: number
  /** Sessions of the server in the database. */
  readonly connections: number
  /** Sockets, timers and whatever else keeps a process alive. */
  readonly handles: number
}

/** Upgrades and downgrades so many times in one process that uses limbeck as a library. */
export async function soak(
  server: TestServer,
  project: CliProject,
  rounds: number,
): Promise<readonly SoakSample[]> {
  writeHistory(project, server.major)
  const database = await server.createDatabase('soak')
  await queryOnce(database.url, startSql({ rows: 300, padding: 0 }))
  const child = fork(fileURLToPath(new URL('soak-process.mjs', import.meta.url)), {
    cwd: project.folder,
    env: { PATH: process.env.PATH, DATABASE_URL: database.url },
    execArgv: ['--expose-gc'],
  })
  const ended = once(child, 'exit')
  try {
    const over = ended.then(() => Promise.reject(new Error('The process ended before its rounds.')))
    return await Promise.race([samples(child, database.url, rounds), over])
  } finally {
    child.kill()
    await ended
    await database.drop()
  }
}

async function samples(child: ChildProcess, url: string, rounds: number): Promise<SoakSample[]> {
  const taken: SoakSample[] = []
  const each = Math.ceil(rounds / 20)
  for (let round = each; round <= rounds; round += each) {
    child.send(each)
    const [answer] = await once(child, 'message')
    const [row] = await queryOnce<{ n: number }>(
      url,
      `SELECT count(*)::integer AS n FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
    )
    taken.push({ round, connections: row!.n, ...answer })
  }
  return taken
}

/** How much the heap grew with each round once it was warm, in bytes: from the third quarter to the last. */
export function growth(taken: readonly SoakSample[]): number {
  const least = (samples: readonly SoakSample[]) =>
    samples.reduce((one, other) => (other.heap < one.heap ? other : one))
  const quarter = Math.floor(taken.length / 4)
  const [before, after] = [least(taken.slice(-2 * quarter, -quarter)), least(taken.slice(-quarter))]
  return (after.heap - before.heap) / (after.round - before.round)
}
