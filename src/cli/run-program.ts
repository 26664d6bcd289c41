import { failureOf, startProgram } from '../programs/start-program.ts'

/** Hands the terminal to a program until it ends; says how it failed, undefined where it did not. */
export async function runInTerminal(
  program: string,
  words: readonly string[],
): Promise<string | undefined> {
  // Ctrl-C reaches both of us, and is the program's to answer.
  process.on('SIGINT', ignore)
  try {
    // Where stdout is no terminal, it is for the result alone.
    const stdout = process.stdout.isTTY ? 'inherit' : process.stderr
    return await failureOf(startProgram(program, words, { stdio: ['inherit', stdout, 'inherit'] }))
  } finally {
    process.off('SIGINT', ignore)
  }
}

const ignore = (): void => {}
