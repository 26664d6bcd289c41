import type { CurrentInput } from '../../commands/inputs.ts'
import type { CurrentDatabase, CurrentResult } from '../../commands/results/current.ts'
import { LimbeckError } from '../../errors.ts'
import { defineCommand } from '../command.ts'
import { printCurrent } from '../print/revisions.ts'

const options = {
  'check-heads': {
    type: 'boolean',
    short: 'c',
    help: 'Fail, with status 5, unless it is at every head. (A config: --config.)',
  },
} as const

export const current = defineCommand<CurrentInput, CurrentResult, typeof options>({
  name: 'current',
  summary: 'Show the revisions that the database is at.',
  description: 'It only reads: a database without a version table is left without one.',
  positionals: [],
  options,
  examples: [
    { line: 'limbeck current', what: 'the ids' },
    {
      line: 'limbeck current --verbose',
      what: 'which database, and all about each revision: who has applied it, and when',
    },
    {
      line: 'limbeck current --check-heads',
      what: 'in a deployment, before the application starts',
    },
  ],
  input: ({ values, isVerbose }) => ({ checkHeads: values['check-heads'], ledger: isVerbose }),
  load: async () => (await import('../../commands/current.ts')).current,
  print: printCurrent,
  failure: notAtHeads,
})

function notAtHeads(result: CurrentResult): LimbeckError | undefined {
  if (result.isAtHeads !== false) return undefined
  const behind = (result.databases ?? [result]).filter(one => missingIn(one).length > 0)
  const places = behind.map(one => `${one.database} lacks ${missingIn(one).join(', ')}`)
  return new LimbeckError('NOT_AT_HEADS', `Not at every head: ${places.join('; ')}.`, {
    facts: {
      databases: behind.map(({ database, heads, missingHeads }) => ({
        database,
        heads,
        missingHeads,
      })),
    },
    hint: '`limbeck upgrade heads` moves it there.',
  })
}

const missingIn = ({ missingHeads = [] }: CurrentDatabase): readonly string[] => missingHeads
