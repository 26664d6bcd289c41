import type { CliProject } from '../support/cli-project.ts'
import type { PostgresProcess } from '../support/postgres-process.ts'
import { openServer, privateServer, testServerAt } from '../support/servers.ts'
import { limitedFiles, mountedDisk, prepareDisk, type SmallDisk } from './disk.ts'
import { prepareRounds, type RoundResult, type Victim } from './rounds.ts'
import { growth, soak } from './soak.ts'

/** One way in which things go wrong, again and again. */
export interface Fault {
  /** What is counted: `kills of the process`. */
  readonly what: string
  /** How many of these are wanted, unless somebody says otherwise. */
  readonly count: number
  /** Rounds may run at the same time. */
  readonly isParallel: boolean
  prepare(parts: FaultParts): Promise<PreparedFault>
}

export interface FaultParts {
  readonly project: CliProject
  readonly seed: number
  readonly major: number
}

export interface PreparedFault {
  /** The same round for the same number; undefined where this machine cannot do it, then `missing` says why. */
  run(number: number): Promise<RoundResult>
  stop(): Promise<void>
  readonly missing?: string | undefined
}

/** All of them, by their names. */
export const faults: Readonly<Record<string, Fault>> = {
  process: killing('process', 'kills of the process', 1000),
  connection: killing('connection', 'cuts of the connection', 200),
  server: {
    what: 'restarts of the server',
    count: 100,
    isParallel: false,
    prepare: async ({ project, seed, major }) => {
      // What is committed has to be there when it comes back.
      const own = await privateServer(major, { synchronous_commit: 'on' })
      const server = { ...testServerAt(own.url, major), restart: own.restart }
      const rounds = await prepareRounds(server, project, seed)
      return {
        run: number => rounds.run('server', number),
        stop: async () => {
          await rounds.stop()
          await own.stop()
        },
      }
    },
  },
  disk: filling(mountedDisk, 'full file systems', 'it takes root that may mount'),
  files: filling(limitedFiles, 'files that may not grow', 'there is no prlimit (util-linux)'),
}

function killing(victim: Victim, what: string, count: number): Fault {
  return {
    what,
    count,
    isParallel: true,
    prepare: async ({ project, seed, major }) => {
      const { url, stop } = await openServer(major)
      const rounds = await prepareRounds(testServerAt(url, major), project, seed)
      return {
        run: number => rounds.run(victim, number),
        stop: async () => {
          await rounds.stop()
          await stop()
        },
      }
    },
  }
}

function filling(
  open: (server: PostgresProcess) => Promise<SmallDisk | undefined> | SmallDisk | undefined,
  what: string,
  missing: string,
): Fault {
  return {
    what,
    count: 30,
    isParallel: false,
    prepare: async ({ project, seed, major }) => {
      const own = await privateServer(major)
      const disk = await open(own)
      if (disk === undefined) {
        await own.stop()
        return { missing, run: async () => nothing, stop: async () => {} }
      }
      const rounds = await prepareDisk(own, disk, project, seed)
      return {
        run: rounds.run,
        stop: async () => {
          await rounds.stop()
          await disk.remove()
          await own.stop()
        },
      }
    },
  }
}

const nothing: RoundResult = { kills: 0, story: '', differences: [] }

/** What a soak has to say against limbeck; nothing where all is well. */
export async function soakComplaints(
  { project, major }: Pick<FaultParts, 'project' | 'major'>,
  rounds: number,
): Promise<{ readonly complaints: readonly string[]; readonly facts: string }> {
  const { url, stop } = await openServer(major)
  try {
    const taken = await soak(testServerAt(url, major), project, rounds)
    const bytes = Math.round(growth(taken))
    const connections = Math.max(...taken.map(sample => sample.connections))
    const handles = taken.at(-1)!.handles - taken[0]!.handles
    return {
      facts: `${bytes} bytes of heap a round, ${connections} connections and ${handles} more handles at the end`,
      complaints: [
        ...(bytes > mostGrowth ? [`the heap grows by ${bytes} bytes with each round`] : []),
        ...(connections > 0 ? [`${connections} connections stay`] : []),
        ...(handles > 0 ? [`${handles} handles stay`] : []),
      ],
    }
  } finally {
    await stop()
  }
}

/** In bytes a round: two megabytes in 500. */
const mostGrowth = 4096
