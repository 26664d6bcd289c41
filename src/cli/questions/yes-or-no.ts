import { createInterface } from 'node:readline'

/** Asks a question that is answered with yes or no; anything but yes is no. */
export type Ask = (question: string) => Promise<boolean>

/** Asks on stderr, since stdout is for results. The end of the input and Ctrl-C mean no. */
export function yesOrNo(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  return new Promise(resolve => {
    lines.on('SIGINT', () => lines.close())
    lines.on('close', () => {
      process.stderr.write('\n')
      resolve(false)
    })
    lines.question(`${question} [y/N] `, answer => {
      lines.removeAllListeners('close')
      lines.close()
      resolve(/^y(es)?$/i.test(answer.trim()))
    })
  })
}
