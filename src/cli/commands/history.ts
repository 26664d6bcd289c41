import type { HistoryInput } from '../../commands/inputs.ts'
import type { HistoryResult } from '../../commands/results/graph.ts'
import { defineCommand, type Values } from '../command.ts'
import { type HistoryForm, pictureFormats } from '../history-form.ts'
import { usage } from '../read-options.ts'

const options = {
  'rev-range': {
    type: 'string',
    short: 'r',
    value: 'START:END',
    help: 'Only these; an end may be left out, or be `current`.',
  },
  'indicate-current': {
    type: 'boolean',
    short: 'i',
    help: 'Ask the database and mark the revisions it is at.',
  },
  graph: { type: 'boolean', help: 'Draw how the revisions follow each other, as git does.' },
  format: {
    type: 'string',
    value: pictureFormats.join('|'),
    help: 'Print the source of a picture instead.',
  },
} as const

export const history = defineCommand<HistoryInput, HistoryResult, typeof options>({
  name: 'history',
  summary: 'List the revisions, newest first.',
  description:
    'In a graph, solid lines lead to what a revision follows, dashed ones to what it depends on; an empty dot follows nothing. With --json the document is the same in every form.',
  positionals: [],
  options,
  examples: [
    { line: 'limbeck history', what: 'all, one line each' },
    { line: 'limbeck history -r current:head', what: 'what an upgrade would run' },
    { line: 'limbeck history -r-3:current', what: 'the last three up to where the database is' },
    { line: 'limbeck history -i -v', what: 'all about each, with who has applied it, and when' },
    { line: 'limbeck history --graph -i', what: 'as a graph, with the place of the database' },
    { line: 'limbeck history --format svg > history.svg', what: 'as a picture' },
  ],
  input: ({ values, isVerbose }) => {
    formOf(values)
    const { 'rev-range': range, 'indicate-current': indicateCurrent } = values
    return { range, indicateCurrent, ledger: isVerbose }
  },
  load: async () => (await import('../../commands/history.ts')).history,
  print: async (result, view, values) => {
    const { printHistory } = await import('../print/history.ts')
    return printHistory(result, view, formOf(values))
  },
  isData: ({ format }) => format !== undefined,
})

/** Also complains of a format that there is not, before anything is read. */
function formOf({ graph, format }: Values<typeof options>): HistoryForm {
  const known = pictureFormats.find(name => name === format)
  if (format === undefined || known !== undefined) return { graph, format: known }
  throw usage(`--format ${format} is not a format.`, `There are: ${pictureFormats.join(', ')}.`)
}
