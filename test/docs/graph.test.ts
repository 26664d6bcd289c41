import { test } from 'vitest'
import { coloursFor } from '../../src/cli/colours.ts'
import { printHistory } from '../../src/cli/print/history.ts'
import { revisionLine } from '../../src/commands/revision-line.ts'
import { buildGraph } from '../../src/revisions/graph.ts'
import { history } from '../../src/revisions/history.ts'
import type { Revision } from '../../src/revisions/revision.ts'
import { expectGenerated } from './generated.ts'

const revision = (id: string, message: string, more: Partial<Revision> = {}) => ({
  id,
  message,
  downRevisions: [],
  dependsOn: [],
  branchLabels: [],
  doc: message,
  path: '/',
  ...more,
})

const example = [
  revision('1975ea83b712', 'first tables'),
  revision('ae1027a6acf0', 'accounts', { downRevisions: ['1975ea83b712'] }),
  revision('27c6a30d7c24', 'shopping cart', { downRevisions: ['1975ea83b712'] }),
  revision('53fffde5ad5c', 'merge', { downRevisions: ['ae1027a6acf0', '27c6a30d7c24'] }),
  revision('3cac04ae8714', 'routes', { branchLabels: ['networking'] }),
  revision('29f859a13ea1', 'routes of accounts', {
    downRevisions: ['3cac04ae8714'],
    dependsOn: ['ae1027a6acf0'],
  }),
]

test('the graph in the reference is what `history --graph -i` draws', () => {
  const current = new Set(['27c6a30d7c24'])
  const revisions = history(buildGraph(example)).map(node => revisionLine(node, current))
  const colours = coloursFor({ write: () => {}, isTerminal: false }, {})
  const view = { isVerbose: false, colours, cwd: '/' }
  const picture = printHistory({ revisions }, view, { graph: true })
  expectGenerated('docs/reference/cli.md', 'graph', `\`\`\`text\n${picture}\`\`\`\n`)
})
