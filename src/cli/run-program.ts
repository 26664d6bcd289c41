import { failureOf, startProgram } from '../programs/start-program.ts'
import { leaveCtrlC } from './interrupt.ts'

/** Hands the terminal to a program until it ends; says how it failed, undefined where it did not. */
export function runInTerminal(
  program: string,
  words: readonly string[],
): Promise<string | undefined> {
  // Where stdout is no terminal, it is for the result alone.
  const stdout = process.stdout.isTTY ? 'inherit' : process.stderr
  return leaveCtrlC(() =>
    failureOf(startProgram(program, words, { stdio: ['inherit', stdout, 'inherit'] })),
  )
}
