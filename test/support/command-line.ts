import { main } from '../../src/cli/main.ts'

export interface LineOutcome {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command line of this process's sources in a folder, without a terminal. */
export async function limbeckIn(
  cwd: string,
  words: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<LineOutcome> {
  const stdout: string[] = []
  const stderr: string[] = []
  const io = {
    cwd,
    env,
    stdout: { write: (text: string) => stdout.push(text), isTerminal: false },
    stderr: { write: (text: string) => stderr.push(text), isTerminal: false },
  }
  const status = await main(words, { io })
  return { status, stdout: stdout.join(''), stderr: stderr.join('') }
}
