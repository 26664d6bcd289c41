import type { CliCommand } from '../../src/cli/command.ts'
import { main } from '../../src/cli/main.ts'

/** What one run of the command line wrote, and its exit status. */
export interface Outcome {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command line with commands in place of the real ones. */
export async function run(
  argv: readonly string[],
  commands?: readonly CliCommand[],
  env: NodeJS.ProcessEnv = {},
): Promise<Outcome> {
  const stdout: string[] = []
  const stderr: string[] = []
  const io = {
    cwd: '/project',
    env,
    stdout: { write: (text: string) => stdout.push(text), isTerminal: env.TERM !== undefined },
    stderr: { write: (text: string) => stderr.push(text), isTerminal: env.TERM !== undefined },
  }
  const status = await main(argv, { io, commands })
  return { status, stdout: stdout.join(''), stderr: stderr.join('') }
}
