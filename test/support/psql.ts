import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { clientFolders } from './pg-dump.ts'
import { type Outcome, runProgram } from './run-program.ts'

/** The `psql` of this machine; any major runs a file on any server. */
export function findPsql(): string | undefined {
  return clientFolders()
    .map(folder => join(folder, 'psql'))
    .find(program => existsSync(program))
}

/** What to do where there is no `psql`; undefined where there is one. */
export function missingPsql(): string | undefined {
  if (findPsql() !== undefined) return undefined
  return (
    'there is no psql: install a client of PostgreSQL, ' +
    'or set LIMBECK_TEST_PG_BIN to a folder that has one'
  )
}

/** Runs a file as a DBA would, up to its first error; gives what it printed. */
export async function runInPsql(url: string, path: string): Promise<string> {
  const program = findPsql()
  if (program === undefined) throw new Error(missingPsql())
  const { stdout } = await promisify(execFile)(
    program,
    ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', path, url],
    { maxBuffer: 1 << 28, env: { PATH: process.env.PATH, LC_ALL: 'C' } },
  )
  return stdout
}

/** Runs `psql` with these arguments, and a script as its input where none of them names a file. */
export function psql(url: string, args: readonly string[], input = ''): Promise<Outcome> {
  return runProgram(findPsql() ?? 'psql', ['-X', ...args, url], { input })
}
