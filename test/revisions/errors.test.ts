import { describe, expect, test } from 'vitest'
import type { ErrorCode, LimbeckError } from '../../src/errors.ts'
import { buildGraph } from '../../src/revisions/graph.ts'
import { history, parseRange } from '../../src/revisions/history.ts'
import { placeRevision } from '../../src/revisions/new-revision.ts'
import { planDowngrade, planUpgrade } from '../../src/revisions/plan.ts'
import { resolveRevision, resolveRevisions } from '../../src/revisions/resolve.ts'
import { planStamp } from '../../src/revisions/stamp.ts'
import { graphOf } from './graph-of.ts'

/** What an error says to a user: code, sentence and hint in one text. */
function errorOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    const { code, message, hint } = error as LimbeckError
    return [code, message, hint].join(' | ')
  }
  throw new Error('no error')
}

function expectError(work: () => unknown, code: ErrorCode, ...parts: readonly string[]): void {
  const text = errorOf(work)
  expect(text).toMatch(new RegExp(`^${code} `))
  for (const part of parts) expect(text).toContain(part)
}

describe('a malformed graph', () => {
  test.each<[string, ErrorCode, readonly string[], readonly string[]]>([
    ['an id twice', 'REVISION_DUPLICATE', ['a', 'b: a', 'b: a'], ["'b'"]],
    ['a missing parent', 'REVISION_MISSING_PARENT', ['a', 'b: gone'], ['b follows', "'gone'"]],
    [
      'a label as parent',
      'REVISION_MISSING_PARENT',
      ['a as l', 'b: l'],
      ["'l' is a branch label", "'a'"],
    ],
    [
      'the beginning of an id as parent',
      'REVISION_MISSING_PARENT',
      ['abcdef', 'b: abcd'],
      ["'abcd'", "whole ids: 'abcdef'"],
    ],
    [
      'a missing dependency',
      'REVISION_MISSING_DEPENDENCY',
      ['a needs gone'],
      ['a depends', "'gone'"],
    ],
    ['a revision after itself', 'REVISION_SELF_LOOP', ['a: a'], ['a follows itself']],
    [
      'a revision that needs itself',
      'DEPENDENCY_SELF_LOOP',
      ['a needs a'],
      ['a depends on itself'],
    ],
    ['one that needs its own label', 'DEPENDENCY_SELF_LOOP', ['a needs l as l'], ['on itself']],
    ['a circle', 'REVISION_CYCLE', ['a: c', 'b: a', 'c: b', 'd: c'], ['a -> c -> b -> a']],
    [
      'a circle between lines',
      'REVISION_CYCLE',
      ['a', 'b: a, d', 'c: b', 'd: c', 'e: d'],
      ['b ->'],
    ],
    ['a circle of dependencies', 'DEPENDENCY_CYCLE', ['a needs b', 'b needs a'], ['a -> b -> a']],
    [
      'a label twice',
      'BRANCH_LABEL_TAKEN',
      ['a as l', 'b as l'],
      ["'l' of revision b", 'revision a'],
    ],
    [
      'a label that is an id',
      'BRANCH_LABEL_TAKEN',
      ['a as b', 'b'],
      ["'b'", 'the id of a revision'],
    ],
    ['a sign in an id', 'REVISION_ID_INVALID', ['a-1'], ["'a-1'", "'-'"]],
    ['a reserved id', 'REVISION_ID_INVALID', ['head'], ["'head'"]],
  ])('with %s is refused', (_, code, lines, parts) => {
    expectError(() => graphOf(...lines), code, ...parts)
  })

  test('that goes in a circle names its files', () => {
    const revision = (id: string, downRevisions: string[]) => ({
      ...{ id, downRevisions, dependsOn: [], branchLabels: [], message: '', doc: '' },
      path: `/p/${id}.ts`,
    })
    const files = [revision('a', ['b']), revision('b', ['a']), revision('c', ['b'])]
    expectError(() => buildGraph(files), 'REVISION_CYCLE', '(/p/a.ts and /p/b.ts)')
  })
})

const graph = graphOf(
  'abcd1111',
  'abcd2222: abcd1111 as left',
  'eeee3333: abcd1111 as right',
  'ffff4444: eeee3333',
)

describe('a revision that is asked for', () => {
  test.each<[string, ErrorCode, readonly string[]]>([
    ['abcd', 'REVISION_AMBIGUOUS', ['2 revisions', '\n  abcd1111', '\n  abcd2222']],
    ['abcd1112', 'REVISION_NOT_FOUND', ["'abcd1112'", 'Did you mean abcd1111?']],
    ['nothing', 'REVISION_NOT_FOUND', ["'nothing'", 'limbeck history']],
    ['', 'REVISION_NOT_FOUND', ["''"]],
    ['HEAD', 'REVISION_NOT_FOUND', ["'HEAD'", 'Did you mean head?']],
    ['ABCD2222', 'REVISION_NOT_FOUND', ['Did you mean abcd2222?']],
    ['abcd1111:ffff4444', 'REVISION_NOT_FOUND', ['history -r', '--sql']],
    ['current-1', 'REVISION_NOT_FOUND', ['`current` alone']],
    ['rigth@head', 'BRANCH_NOT_FOUND', ["'rigth'", 'Did you mean right?']],
    ['left@ffff', 'REVISION_NOT_IN_BRANCH', ['ffff4444', 'abcd2222']],
    ['head', 'MULTIPLE_HEADS', ['2 heads', '`heads`', '`left@head`, `right@head`']],
    ['abcd1111@head', 'MULTIPLE_HEADS', ["'abcd1111@head'"]],
    ['ffff4444+1', 'RELATIVE_OUT_OF_RANGE', ["'ffff4444+1'", 'no step']],
    ['ffff4444-5', 'RELATIVE_OUT_OF_RANGE', ['only 3 steps']],
    ['abcd1111+1', 'RELATIVE_AMBIGUOUS', ['abcd1111', '\n  abcd2222', '\n  eeee3333', 'left@+1']],
  ])('as %j says what is wrong', (text, code, parts) => {
    expectError(() => resolveRevision(graph, text), code, ...parts)
  })

  test.each([
    ['abcd2', 'abcd2222'],
    ['right', 'eeee3333'],
    ['rig', 'eeee3333'],
    ['right@head', 'ffff4444'],
    ['right@head-1', 'eeee3333'],
    ['eeee3333+1', 'ffff4444'],
    ['left@base+2', 'abcd2222'],
  ])('may be called %s', (text, id) => {
    expect(resolveRevision(graph, text)?.id).toBe(id)
  })

  test('cannot be a file, whose id is told', () => {
    const revision = { ...graph.nodes[0]!.revision, path: '/app/versions/abcd1111_add_x.ts' }
    const files = buildGraph([revision])
    for (const text of ['abcd1111_add_x', 'versions/abcd1111_add_x.ts', 'abcd1111_add_x.ts']) {
      expectError(() => resolveRevision(files, text), 'REVISION_NOT_FOUND', 'is abcd1111.')
    }
  })

  test('may be several', () => {
    const ids = resolveRevisions(graph, ['heads', 'base', 'abcd1111']).map(node => node.id)
    expect(ids).toEqual(['abcd2222', 'ffff4444', 'abcd1111'])
  })
})

describe('a plan', () => {
  test.each<[string, () => unknown, ErrorCode, readonly string[]]>([
    [
      'from a row without a file',
      () => planUpgrade(graph, ['gone'], 'heads'),
      'DATABASE_REVISION_UNKNOWN',
      ["'gone'", 'limbeck stamp --purge'],
    ],
    [
      'up from several rows',
      () => planUpgrade(graph, ['abcd2222', 'eeee3333'], '+1'),
      'RELATIVE_START_AMBIGUOUS',
      ['abcd2222, eeee3333', '<branch>@+1'],
    ],
    [
      'up by too many',
      () => planUpgrade(graph, ['eeee3333'], '+2'),
      'RELATIVE_OUT_OF_RANGE',
      ["'+2'"],
    ],
    [
      'up by less than nothing',
      () => planUpgrade(graph, ['eeee3333'], '-1'),
      'RELATIVE_OUT_OF_RANGE',
      ['`limbeck downgrade -1` goes down'],
    ],
    [
      'down by more than nothing',
      () => planDowngrade(graph, ['eeee3333'], 'right@+1'),
      'RELATIVE_OUT_OF_RANGE',
      ['`limbeck upgrade right@+1` goes up'],
    ],
    [
      'to stamp a number of steps',
      () => planStamp(graph, ['eeee3333'], '+1'),
      'RELATIVE_OUT_OF_RANGE',
      ['counts no steps'],
    ],
    [
      'from rows that say the same',
      () => planUpgrade(graph, ['abcd1111', 'abcd2222'], 'heads'),
      'REVISIONS_OVERLAP',
      ['abcd2222 already contains abcd1111'],
    ],
    [
      'down to what is above',
      () => planDowngrade(graph, ['abcd1111'], 'ffff4444'),
      'REVISION_NOT_AN_ANCESTOR',
      ['ffff4444', 'abcd1111'],
    ],
    [
      'down by too many',
      () => planDowngrade(graph, ['abcd2222'], '-3'),
      'RELATIVE_OUT_OF_RANGE',
      ["'-3'"],
    ],
    [
      'down a branch where the database is not',
      () => planDowngrade(graph, ['abcd2222'], 'right@-1'),
      'RELATIVE_OUT_OF_RANGE',
      ['no revision on the branch of eeee3333'],
    ],
    ['down from base', () => planDowngrade(graph, [], '-1'), 'RELATIVE_OUT_OF_RANGE', ['at base']],
    [
      'to stamp one revision and its parent',
      () => planStamp(graph, [], ['abcd1111', 'ffff4444']),
      'REVISIONS_OVERLAP',
      ['ffff4444', 'abcd1111'],
    ],
    [
      'from a row that is there twice',
      () => planUpgrade(graph, ['eeee3333', 'eeee3333'], 'ffff4444'),
      'VERSION_ROWS_UNEXPECTED',
      ['2 times'],
    ],
  ])('%s says what is wrong', (_, work, code, parts) => {
    expectError(work, code, ...parts)
  })

  test('says what several rows make of a relative downgrade', () => {
    const { warnings, steps } = planDowngrade(graph, ['ffff4444', 'abcd2222'], '-1')
    expect(steps.map(({ revision }) => revision.id)).toEqual(['ffff4444'])
    expect(warnings).toEqual([
      {
        code: 'AMBIGUOUS_RELATIVE_DOWNGRADE',
        message: expect.stringContaining('ffff4444, abcd2222'),
      },
    ])
  })

  test('tells where each step leads from and to', () => {
    const [first, second] = planUpgrade(graph, ['abcd1111'], 'right@head').steps
    expect([first!.from, first!.to, second!.from]).toEqual([
      ['abcd1111'],
      ['eeee3333'],
      ['eeee3333'],
    ])
  })
})

describe('a range of the history', () => {
  test('has one colon', () => {
    expectError(() => parseRange('a'), 'REVISION_RANGE_INVALID', "'a'", 'start:end')
    expectError(() => parseRange('a:b:c'), 'REVISION_RANGE_INVALID')
  })

  test('goes from the older to the newer', () => {
    const range = { start: 'ffff4444', end: 'eeee3333' }
    expectError(() => history(graph, range), 'REVISION_NOT_AN_ANCESTOR', ': eeee3333:ffff4444.')
    const apart = { start: 'abcd2222', end: 'ffff4444' }
    expectError(() => history(graph, apart), 'REVISION_NOT_AN_ANCESTOR', 'of the same branch')
  })

  test('counts its start from each of several ends', () => {
    const ids = history(graph, { start: '-1' }).map(({ id }) => id)
    expect([...ids].sort()).toEqual(['abcd1111', 'abcd2222', 'eeee3333', 'ffff4444'])
  })

  test('does not begin where no file knows the row', () => {
    for (const range of [{ start: 'current' }, { end: 'current' }]) {
      expectError(() => history(graph, range, ['gone']), 'DATABASE_REVISION_UNKNOWN', "'gone'")
    }
  })

  test('counts its start from its end', () => {
    const ids = history(graph, { start: '-1', end: 'current' }, ['ffff4444']).map(({ id }) => id)
    expect(ids).toEqual(['ffff4444', 'eeee3333'])
  })
})

describe('a new revision', () => {
  const line = graphOf('a', 'b: a as trunk')
  const place = (request: Partial<Parameters<typeof placeRevision>[1]>) =>
    placeRevision(line, { id: 'new', ...request })

  test('with the beginning of an id as its label is refused', () => {
    const request = { id: 'n', head: 'left', branchLabels: ['abcd'] }
    expectError(() => placeRevision(graph, request), 'BRANCH_LABEL_INVALID', 'abcd1111')
  })

  test('after a label whose branch goes on is told of the head there', () => {
    const request = { id: 'n', head: ['right', 'left'] }
    expectError(() => placeRevision(graph, request), 'REVISION_NOT_A_HEAD', '`right@head`')
  })

  test('follows the head', () => {
    expect(place({})).toEqual({ id: 'new', downRevisions: ['b'], branchLabels: [], dependsOn: [] })
  })

  test('may start a line, a branch, or join several', () => {
    expect(place({ head: 'base' }).downRevisions).toEqual([])
    expect(place({ head: 'a', splice: true }).downRevisions).toEqual(['a'])
    const merge = placeRevision(graph, { id: 'm', head: 'heads' })
    expect(merge.downRevisions).toEqual(['abcd2222', 'ffff4444'])
  })

  test('keeps a label it depends on, and completes an id', () => {
    const { dependsOn } = placeRevision(graph, {
      id: 'n',
      head: 'base',
      dependsOn: ['left', 'ffff'],
    })
    expect(dependsOn).toEqual(['left', 'ffff4444'])
  })

  test.each<[string, Parameters<typeof place>[0], ErrorCode, readonly string[]]>([
    [
      'after what is no head',
      { head: 'a' },
      'REVISION_NOT_A_HEAD',
      ['a is followed by b', '--splice'],
    ],
    ['after one revision twice', { head: ['b', 'trunk'] }, 'REVISION_PARENT_TWICE', ['b']],
    ['with an id that is taken', { id: 'a' }, 'REVISION_DUPLICATE', ["'a'"]],
    ['with a label as id', { id: 'trunk' }, 'BRANCH_LABEL_TAKEN', ["'trunk'"]],
    [
      'with a label that is taken',
      { branchLabels: ['trunk'] },
      'BRANCH_LABEL_TAKEN',
      ['revision b'],
    ],
    ['with a label that is an id', { branchLabels: ['a'] }, 'BRANCH_LABEL_TAKEN', ["'a'"]],
    [
      'with a label that means something',
      { branchLabels: ['heads'] },
      'BRANCH_LABEL_INVALID',
      ['heads'],
    ],
    ['with a sign in its label', { branchLabels: ['a@b'] }, 'BRANCH_LABEL_INVALID', ['a@b', '"@"']],
    ['with a blank in its label', { branchLabels: ['a b'] }, 'BRANCH_LABEL_INVALID', ['" "']],
    ['with a quote in its label', { branchLabels: ["it's"] }, 'BRANCH_LABEL_INVALID', [`"'"`]],
    ['with two labels in one', { branchLabels: ['x,y'] }, 'BRANCH_LABEL_INVALID', ['","']],
    ['with an empty label', { branchLabels: [''] }, 'BRANCH_LABEL_INVALID', ['is empty']],
    [
      'with a label that looks like an id',
      { branchLabels: ['27c6a30d7c24'] },
      'BRANCH_LABEL_INVALID',
      ['27c6a30d7c24', 'looks like the id'],
    ],
    [
      'with its own id as label',
      { id: 'new1', branchLabels: ['new1'] },
      'BRANCH_LABEL_TAKEN',
      ['new revision'],
    ],
    ['with a sign in its id', { id: 'a:b' }, 'REVISION_ID_INVALID', ["':'"]],
    ['with an id that is a path', { id: '../a' }, 'REVISION_ID_INVALID', ["'/'"]],
    ['with a long id', { id: 'x'.repeat(33) }, 'REVISION_ID_INVALID', ['33 characters', '32']],
    ['that depends on base', { dependsOn: ['base'] }, 'REVISION_NOT_FOUND', ["'base'"]],
    ['with several heads to choose from', { head: 'nope@head' }, 'BRANCH_NOT_FOUND', []],
  ])('%s is refused', (_, request, code, parts) => {
    expectError(() => place(request), code, ...parts)
  })
})
