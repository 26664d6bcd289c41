import { expect, test } from 'vitest'
import type { LimbeckError } from '../../src/errors.ts'
import { buildGraph } from '../../src/revisions/graph.ts'
import { resolveRevision } from '../../src/revisions/resolve.ts'
import { joinHints } from '../../src/revisions/several-heads.ts'
import { graphOf } from './graph-of.ts'

function errorOf(graph: ReturnType<typeof graphOf>, text = 'head'): LimbeckError {
  try {
    resolveRevision(graph, text)
  } catch (error) {
    return error as LimbeckError
  }
  return expect.unreachable('it should fail')
}

const revision = (id: string, down: readonly string[], rest: object = {}) => ({
  id,
  downRevisions: down,
  dependsOn: [],
  branchLabels: [],
  message: '',
  doc: '',
  ...rest,
})

test('names each head with its message, date and file', () => {
  const createdAt = '2026-11-20 09:41:00+00:00'
  const graph = buildGraph([
    revision('aaaa', []),
    revision('bbbb', ['aaaa'], { message: 'add\nusers', createdAt, path: '/versions/b.ts' }),
    revision('cccc', ['aaaa']),
  ])
  const error = errorOf(graph)
  expect(error.message.split('\n').slice(1)).toEqual([
    '  bbbb, add users (2026-11-20 09:41:00+00:00)',
    '  cccc',
  ])
  expect(error.facts.heads).toEqual([
    { id: 'bbbb', message: 'add\nusers', createdAt, path: '/versions/b.ts' },
    { id: 'cccc', message: '', createdAt: undefined, path: undefined },
  ])
  expect(error.exitStatus).toBe(4)
})

const commandIn = (error: LimbeckError) => /`(limbeck merge .*?)`/.exec(error.hint!)?.[1]

test('joins all heads where these are all', () => {
  const error = errorOf(graphOf('a', 'b: a', 'c: a'))
  expect(commandIn(error)).toBe('limbeck merge heads -m "merge b and c"')
  expect(error.hint).toContain('`limbeck rebase`')
})

test('joins by id where there are more heads, or one that another depends on', () => {
  const lines = ['a as left', 'b: a', 'c: a', 'x as right', 'y: x', 'z: x']
  expect(commandIn(errorOf(graphOf(...lines), 'left@head'))).toBe(
    'limbeck merge b c -m "merge b and c"',
  )
  expect(commandIn(errorOf(graphOf('a', 'b: a', 'c: a needs b')))).toBe(
    'limbeck merge b c -m "merge b and c"',
  )
})

test('leaves branches with labels of their own apart', () => {
  const { hint } = errorOf(graphOf('a', 'b: a as left', 'c: a as right', 'd: a'))
  expect(hint).toContain('`heads`')
  expect(hint).toContain('`left@head`, `right@head`, `d`')
  expect(hint).not.toContain('limbeck merge')
})

test('joins what has forked on one of several branches', () => {
  const { hint } = errorOf(graphOf('a as left', 'b: a', 'c: a', 'x as right'))
  expect(hint).toContain('`left@head`, `right@head`')
  expect(hint).toContain('`limbeck merge b c -m "merge b and c"`')
  expect(joinHints(graphOf('a as left', 'b: a', 'c: a', 'x as right'))).toEqual([
    'Join the two: `limbeck merge b c -m "merge b and c"`.',
  ])
  expect(joinHints(graphOf('a as left', 'x as right'))).toEqual([])
})
