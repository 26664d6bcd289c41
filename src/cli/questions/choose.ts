import { createInterface } from 'node:readline'

/** Has one of several answers chosen: its position, or undefined where nobody answers. */
export type Choose = (question: string, answers: readonly string[]) => Promise<number | undefined>

/**
 * Asks on stderr, since stdout is for results, until a number is given. The end of the input and Ctrl-C
 * are no answer.
 */
export function choose(question: string, answers: readonly string[]): Promise<number | undefined> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  const listed = answers.map((answer, position) => `  ${position + 1}) ${answer}`)
  process.stderr.write(`${[question, ...listed].join('\n')}\n`)
  return new Promise(resolve => {
    lines.on('SIGINT', () => lines.close())
    lines.on('close', () => {
      process.stderr.write('\n')
      resolve(undefined)
    })
    const ask = () =>
      lines.question(`[1-${answers.length}] `, answer => {
        const position = Number(answer.trim()) - 1
        if (answers[position] === undefined) return ask()
        lines.removeAllListeners('close')
        lines.close()
        resolve(position)
      })
    ask()
  })
}
