import { amount, shortened, unknownSentence } from '../../commands/describe-loss.ts'
import type { DowngradeLoss, LostRows } from '../../commands/inputs.ts'

/** What is asked before everything is undone: what goes with it, a line each. */
export function downgradeQuestion(loss: DowngradeLoss): string {
  const { database, revisions } = loss
  const undone = `This undoes ${revisions} revision${revisions === 1 ? '' : 's'} of ${database}`
  const things = [
    ...loss.tables.map(table => line('table', table, amount(table, 'row'))),
    ...loss.columns.map(column => line('column', column, amount(column, 'value'))),
  ]
  return [
    things.length === 0 ? `${undone} and drops no table.` : `${undone} and drops`,
    ...shortened(things, count => `  and ${count} more`),
    ...[unknownSentence(loss)].filter(sentence => sentence !== undefined),
    'Go on?',
  ].join('\n')
}

const line = (kind: string, { name }: LostRows, what: string): string =>
  `  ${kind} ${name}: ${what}`
