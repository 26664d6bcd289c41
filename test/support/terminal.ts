import { spawn, spawnSync } from 'node:child_process'
import { plainEnvironment } from './cli-project.ts'

/** What a program wrote to its terminal, and how it ended. */
export interface TerminalOutcome {
  readonly status: number | null
  readonly text: string
}

/** Ctrl-C and Ctrl-D, as a terminal sends them. */
export const interrupt = '\x03'
export const endOfInput = '\x04'

/** Whether there is util-linux's `script`, which gives a program a terminal; BSD's has other words. */
export const hasTerminal: boolean =
  spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') === true

/** Runs a program in a terminal of its own, and types an answer once it has asked. */
export function runInTerminal(
  words: readonly string[],
  options: {
    readonly cwd: string
    readonly env: NodeJS.ProcessEnv
    readonly question: RegExp
    readonly answer: string
  },
): Promise<TerminalOutcome> {
  const line = words.map(word => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')
  const child = spawn('script', ['-qec', line, '/dev/null'], {
    cwd: options.cwd,
    env: { ...plainEnvironment(), ...options.env, TERM: 'xterm', NO_COLOR: '1' },
  })
  let text = ''
  let isAnswered = false
  child.stdout.setEncoding('utf8').on('data', piece => {
    text += piece
    if (isAnswered || !options.question.test(text)) return
    isAnswered = true
    child.stdin.write(options.answer)
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', status => resolve({ status, text: text.replaceAll('\r\n', '\n') }))
  })
}
