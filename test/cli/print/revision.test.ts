import { expect, test } from 'vitest'
import { coloursFor } from '../../../src/cli/colours.ts'
import { printRevision } from '../../../src/cli/print/revision.ts'
import type { RevisionResult } from '../../../src/commands/results/revision.ts'

const colours = coloursFor({ write: () => {}, isTerminal: false }, {})
const printed = (result: Partial<RevisionResult>) =>
  printRevision({ id: 'a', message: '', path: undefined, ...result }, {
    isVerbose: false,
    colours,
    cwd: '/project',
  } as Parameters<typeof printRevision>[1])

const second = { id: 'b', message: '', downRevisions: ['a'], hooks: [] }

test('a file and its hooks are told in the words of Alembic', () => {
  expect(printed({ path: '/project/versions/a_.ts', hooks: ['black', 'ruff'] })).toBe(
    `Generating /project/versions/a_.ts ...  done
Running post write hook 'black' ...  done
Running post write hook 'ruff' ...  done
`,
  )
})

test('every file is told, where env.ts makes several', () => {
  const more = [{ ...second, path: '/project/versions/b_.ts' }]
  expect(printed({ path: '/project/versions/a_.ts', more })).toBe(
    `Generating /project/versions/a_.ts ...  done
Generating /project/versions/b_.ts ...  done
`,
  )
})

test('a proposal tells its changes, its proof and its file', () => {
  const result = { path: '/project/versions/a_.ts', hooks: ['black'], notes: ['mind this'] }
  expect(printed({ ...result, changes: ['+ table users'], proof: ['one', 'two'] })).toBe(
    `  + table users
  proved: one · two
  note: mind this
  wrote versions/a_.ts
  Running post write hook 'black' ...  done
`,
  )
})

test.each([
  [{ changes: [] }, 'No changes: the database is what the target says. Nothing was written.\n'],
  [
    { changes: ['+ table users'] },
    `  + table users
processRevisionDirectives in env.ts took all of this out. Nothing was written.
`,
  ],
  [{}, 'processRevisionDirectives in env.ts left nothing to write.\n'],
])('where nothing is written, it is said why: %j', (result, text) => {
  expect(printed(result)).toBe(text)
})
