import { spawn } from 'node:child_process'

/** Hands the terminal to a program until it ends; says how it failed, undefined where it did not. */
export async function runInTerminal(
  program: string,
  words: readonly string[],
): Promise<string | undefined> {
  // Ctrl-C reaches both of us, and is the program's to answer.
  process.on('SIGINT', ignore)
  try {
    return await run(program, words)
  } finally {
    process.off('SIGINT', ignore)
  }
}

const ignore = (): void => {}

function run(program: string, words: readonly string[]): Promise<string | undefined> {
  // Windows starts batch files only through a shell.
  const isBatch = process.platform === 'win32' && /\.(cmd|bat)$/i.test(program)
  const [file, ...args] = [program, ...words].map(word => (isBatch ? `"${word}"` : word))
  // Where stdout is no terminal, it is for the result alone.
  const stdout = process.stdout.isTTY ? 'inherit' : process.stderr
  const child = spawn(file!, args, { stdio: ['inherit', stdout, 'inherit'], shell: isBatch })
  return new Promise(done => {
    child.on('error', error => done(`could not be started: ${error.message}`))
    child.on('close', (status, signal) => {
      if (signal !== null) done(`was ended by ${signal}`)
      else done(status === 0 ? undefined : `ended with status ${status}`)
    })
  })
}
