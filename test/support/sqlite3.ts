import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram, type Outcome, runProgram } from './run-program.ts'
import { temporaryRoot } from './temporary-root.ts'

/** A database file, and the shell of SQLite on it. */
export interface SqliteDatabase {
  readonly path: string
  /** Feeds a script to `sqlite3`. */
  run(script: string, args?: readonly string[]): Promise<Outcome>
  /** Everything in it as `.dump` writes it. */
  dump(): Promise<string>
  drop(): Promise<void>
}

/** What to do where there is no `sqlite3`; undefined where there is one. */
export function missingSqlite3(): string | undefined {
  return findProgram('sqlite3') === undefined ? 'there is no sqlite3: install it' : undefined
}

/** Creates an empty database. */
export function createSqliteDatabase(): SqliteDatabase {
  const folder = mkdtempSync(join(temporaryRoot(), 'limbeck-sqlite-'))
  const path = join(folder, 'app.db')
  const run = (script: string, args: readonly string[] = []) =>
    runProgram(findProgram('sqlite3')!, ['-init', '/dev/null', '-batch', path, ...args], {
      input: script,
    })
  return {
    path,
    run,
    dump: async () => (await run('.dump')).stdout,
    drop: async () => rmSync(folder, { recursive: true, force: true }),
  }
}
