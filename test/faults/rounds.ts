import { setTimeout as sleep } from 'node:timers/promises'
import type { CliProject } from '../support/cli-project.ts'
import type { PostgresProcess } from '../support/postgres-process.ts'
import { queryOnce, type TestDatabase, type TestServer } from '../support/servers.ts'
import {
  commitText,
  type Direction,
  dumpOf,
  flawsOf,
  runUndisturbed,
  type Undisturbed,
  words,
} from './expected.ts'
import { type LimbeckProcess, startLimbeck } from './limbeck-process.ts'
import { startProxy, type TcpProxy } from './proxy.ts'
import { below, type Random, randomFrom } from './random.ts'

/** What is killed: the process, its connection, or the server. */
export type Victim = 'process' | 'connection' | 'server'

/** A server, and how it is ended and started again where that is wanted. */
export type RoundServer = TestServer & Partial<Pick<PostgresProcess, 'restart'>>

/** How a round ended; `differences` is empty where nobody could tell that anything was killed. */
export interface RoundResult {
  /** How often something was killed that was at work. */
  readonly kills: number
  /** What was done, in a line. */
  readonly story: string
  readonly differences: readonly string[]
}

/** Rounds in which a run is killed, and those after it go on until the history is done. */
export interface Rounds {
  /** The same round for the same number; rounds may run at the same time. */
  run(victim: Victim, number: number): Promise<RoundResult>
  stop(): Promise<void>
}

const victims: readonly Victim[] = ['process', 'connection', 'server']

/** Runs the history undisturbed first: that is what every round has to come to. */
export async function prepareRounds(
  server: RoundServer,
  project: CliProject,
  seed: number,
): Promise<Rounds> {
  const undisturbed = await runUndisturbed(server, project)
  const proxy = await startProxy(server.url)
  return {
    run: async (victim, number) => {
      const random = randomFrom(seed * 1_000_003 + number * 3 + victims.indexOf(victim))
      const direction: Direction = random() < 0.7 ? 'upgrade' : 'downgrade'
      const { template, dump, ...usual } = undisturbed[direction]
      const database = await copyOf(server, template)
      const round = new Round({ database, project, proxy, server, victim, direction, random })
      try {
        await round.disturb(usual)
        return await round.finish(dump)
      } finally {
        await database.drop()
      }
    },
    stop: async () => {
      await proxy.stop()
      await undisturbed.drop()
    },
  }
}

/** Copying a template is refused while another round copies it. */
async function copyOf(server: TestServer, template: string): Promise<TestDatabase> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await server.createDatabase('faults', { template })
    } catch (error) {
      if (attempt === 100 || (error as { code?: string }).code !== '55006') throw error
      await sleep(20)
    }
  }
}

interface RoundParts {
  readonly database: TestDatabase
  readonly project: CliProject
  readonly proxy: TcpProxy
  readonly server: RoundServer
  readonly victim: Victim
  readonly direction: Direction
  readonly random: Random
}

/** How long a run usually takes, and how much it says. */
type Usual = Pick<Undisturbed, 'milliseconds' | 'lines' | 'commits'>

/** Fast, immediate, and without a warning. */
const endings = ['INT', 'QUIT', 'KILL'] as const

/** Of one round, at most. */
const mostKills = 4

class Round {
  readonly #parts: RoundParts
  readonly #story: string[] = []
  readonly #differences: string[] = []
  #kills = 0
  #isDone = false

  constructor(parts: RoundParts) {
    this.#parts = parts
    this.#story.push(parts.direction)
  }

  /** Kills a run, and often some of those that go on. */
  async disturb(usual: Usual): Promise<void> {
    const { random } = this.#parts
    do await this.#kill(usual)
    while (!this.#isDone && this.#kills < mostKills && random() < 0.4)
  }

  async #kill(usual: Usual): Promise<void> {
    const { database, direction, project, proxy, random } = this.#parts
    const way = below(2, random)
    const url = way === 0 ? database.url : proxy.through(database.url)
    // However many transactions there are, and however many there were: it comes to the same.
    const isEachAlone = random() < 0.3
    if (isEachAlone) this.#story.push('each revision alone')
    const run = startLimbeck(project, url, words[direction], isEachAlone)
    await this.#moment(run, usual)
    // What fails before anything happens to it has failed by itself.
    if ((run.child.exitCode ?? 0) !== 0) this.#differences.push(`failed by itself:\n${run.said()}`)
    await this.#strike(run, way)
    this.#isDone = (await run.ended) === 0
    if (!this.#isDone) this.#kills++
  }

  /** Any time, or right behind something that the run has told of: before a statement, at a commit. */
  async #moment({ lines, ended }: LimbeckProcess, usual: Usual): Promise<void> {
    const { random } = this.#parts
    const way = below(3, random)
    if (way === 0) {
      const delay = random() * usual.milliseconds
      this.#story.push(`after ${Math.round(delay)} ms`)
      await Promise.race([sleep(delay), ended])
      return
    }
    const [what, text, all] =
      way === 1 ? ['line', '\n', usual.lines] : ['commit', commitText, usual.commits]
    const count = 1 + below(all, random)
    const delay = random() < 0.3 ? 0 : random() * 8
    this.#story.push(`${delay.toFixed(1)} ms behind ${what} ${count}`)
    await lines(count, text)
    await sleep(delay)
  }

  async #strike({ child }: LimbeckProcess, way: number): Promise<void> {
    const { database, proxy, random, server, victim } = this.#parts
    if (victim === 'process') child.kill('SIGKILL')
    else if (victim === 'server') await server.restart!(endings[below(3, random)]!)
    else if (way === 1) proxy.cut(database.name)
    else
      await queryOnce(
        database.url,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND application_name LIKE '%limbeck%'`,
      )
  }

  /** Runs to the end, and compares. */
  async finish(expected: string): Promise<RoundResult> {
    const { database, direction, project } = this.#parts
    const { ended, said } = startLimbeck(project, database.url, words[direction])
    const status = await ended
    if (status !== 0) this.#differences.push(`failed:\n${said()}`)
    else this.#differences.push(...(await this.#compare(expected)))
    return { kills: this.#kills, story: this.#story.join(', '), differences: this.#differences }
  }

  async #compare(expected: string): Promise<string[]> {
    const { url } = this.#parts.database
    const [dump, flaws] = await Promise.all([dumpOf(url), flawsOf(url, this.#parts.direction)])
    return [...differencesOf(dump, expected), ...flaws]
  }
}

/** The lines of a dump that are not in another one, and the other way round. */
export const differencesOf = (dump: string, expected: string): string[] => [
  ...linesOnlyIn(dump, expected, '+'),
  ...linesOnlyIn(expected, dump, '-'),
]

function linesOnlyIn(one: string, other: string, sign: string): string[] {
  const counts = new Map<string, number>()
  for (const line of other.split('\n')) counts.set(line, (counts.get(line) ?? 0) + 1)
  return one.split('\n').flatMap(line => {
    const left = counts.get(line) ?? 0
    counts.set(line, left - 1)
    return left > 0 ? [] : [`${sign} ${line}`]
  })
}
