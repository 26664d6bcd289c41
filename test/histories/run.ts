import { firstDifference } from '../round-trip/dump.ts'
import { RoundTripFailure } from '../round-trip/failure.ts'
import type { TestDatabase, TestServer } from '../support/servers.ts'
import type { HistoryProject } from './project.ts'

/** A revision that was upgraded to, and the dump of the database then. */
export interface Reached {
  readonly name: string
  readonly revision: string
  readonly dump: string
}

/** A history that is being lived through in a database. */
export interface HistoryRun {
  readonly server: TestServer
  readonly project: HistoryProject
  readonly database: TestDatabase
  /** An empty database, and then each step that was upgraded to. */
  readonly reached: Reached[]
  /** What failed, by step or command. */
  readonly failures: Map<string, string>
}

/** Notes the failure of a step or a command; the first one says most. */
export async function recorded(
  { failures }: HistoryRun,
  name: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    if (!failures.has(name)) failures.set(name, message)
  }
}

/** Throws where two dumps differ, with the first difference. */
export function expectSame(stage: string, actual: string, expected: string): void {
  const difference = firstDifference(actual, expected)
  if (difference !== undefined) throw new RoundTripFailure(stage, difference)
}
