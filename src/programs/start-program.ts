import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'

/** Starts a program with its words as they are; none is read by a shell. */
export function startProgram(
  program: string,
  words: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  // Windows starts batch files only through a shell.
  const isBatch = process.platform === 'win32' && /\.(cmd|bat)$/i.test(program)
  const [file, ...args] = [program, ...words].map(word => (isBatch ? `"${word}"` : word))
  return spawn(file!, args, { ...options, shell: isBatch })
}

/** Waits for a program's end; says how it failed, undefined where it did not. */
export function failureOf(child: ChildProcess): Promise<string | undefined> {
  return new Promise(done => {
    child.on('error', error => done(`could not be started: ${error.message}`))
    child.on('close', (status, signal) => {
      if (signal !== null) done(`was ended by ${signal}`)
      else done(status === 0 ? undefined : `ended with status ${status}`)
    })
  })
}
