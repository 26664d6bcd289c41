import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LimbeckError } from '../../src/errors.ts'
import type { RevisionGraph } from '../../src/revisions/nodes.ts'
import { planRebase, type Rebase, type RebaseRequest } from '../../src/revisions/rebase.ts'
import { ancestorsOf } from '../../src/revisions/traversal.ts'
import { withAncestors } from '../alembic/plain-graph.ts'
import { graphOf } from './graph-of.ts'
import { type Situation, situations } from './random-graph.ts'

/** `first -> onto | heads afterwards`, or the error's code and sentence. */
function rebased(
  lines: readonly string[],
  rows: readonly string[] = [],
  request: RebaseRequest = {},
): string {
  try {
    const { first, onto, graph } = planRebase(graphOf(...lines), rows, request)
    return `${first.id} -> ${onto.id} | ${graph.heads.map(head => head.id).join(' ')}`
  } catch (error) {
    const { code, message, hint } = error as LimbeckError
    return [code, message, hint].join(' | ')
  }
}

/** Two developers: `a1`, `a2` of the one, `b1`, `b2` of the other. */
const two = ['root', 'a1: root', 'a2: a1', 'b1: root', 'b2: b1']

describe('of two heads', () => {
  test('the one whose line the database does not have is moved', () => {
    expect(rebased(two, ['a2'])).toBe('b1 -> a2 | b2')
    expect(rebased(two, ['b1'])).toBe('a1 -> b2 | a2')
  })

  test('the one that is named is moved, by any of its revisions', () => {
    expect(rebased(two, ['root'], { revision: 'a2' })).toBe('a1 -> b2 | a2')
    expect(rebased(two, ['root'], { revision: 'b1' })).toBe('b1 -> a2 | b2')
    expect(rebased(two, ['root'], { onto: 'b2' })).toBe('a1 -> b2 | a2')
    expect(rebased(two, [], { revision: 'a2', onto: 'b2' })).toBe('a1 -> b2 | a2')
  })

  test('neither is chosen where the database has neither, or both', () => {
    const neither = rebased(two, ['root'])
    expect(neither).toMatch(/^MULTIPLE_HEADS .*Each of 2 heads could be the one/)
    expect(neither).toContain('\n  a2\n  b2 ')
    expect(neither).toMatch(/limbeck rebase b2`/)
    expect(rebased(two, ['a1', 'b1'])).toMatch(/^REBASE_APPLIED .*limbeck merge a2 b2/)
  })

  test('a line that the database has is not moved, not even in part', () => {
    const refused = rebased(two, ['a1'], { revision: 'a2' })
    expect(refused).toMatch(/^REBASE_APPLIED \| Revision a1 has been applied/)
    expect(refused).toContain('limbeck downgrade a1@root')
    expect(rebased(two, ['a2'], { revision: 'a2' })).toMatch(/^REBASE_APPLIED \| Revisions a1, a2 /)
  })

  test('a line comes along with all that follows it', () => {
    const fork = rebased([...two, 'a3: a1'], ['b2'], { revision: 'a2', onto: 'b2' })
    expect(fork).toBe('a1 -> b2 | a2 a3')
    const diamond = ['root', 'a1: root', 'a2: a1', 'a3: a1', 'a4: a2, a3', 'b1: root']
    expect(rebased(diamond, ['b1'])).toBe('a1 -> b1 | a4')
  })

  test('of two merges of the same heads, one can follow the other', () => {
    expect(rebased(['a', 'b', 'm1: a, b', 'm2: a, b'], ['m1'])).toBe('m2 -> m1 | m2')
  })

  test('lines that share nothing become one only where one of them is named', () => {
    expect(rebased(['a', 'b'], ['a'])).toMatch(/^REBASE_IMPOSSIBLE .*limbeck rebase b`/)
    expect(rebased(['a', 'b'], ['a'], { revision: 'b' })).toBe('b -> a | b')
    expect(rebased(['a', 'b'], ['b'], { revision: 'b' })).toContain('limbeck downgrade b@base')
  })
})

describe('of more heads', () => {
  const three = [...two, 'c1: root']

  test('both have to be named', () => {
    expect(rebased(three, ['a2', 'c1'])).toMatch(/^MULTIPLE_HEADS .*3 heads/)
    expect(rebased(three, [], { revision: 'b1' })).toMatch(/^MULTIPLE_HEADS .*b1 could follow/)
    expect(rebased(three, [], { revision: 'b1', onto: 'c1' })).toBe('b1 -> c1 | a2 b2')
  })

  test('the only one that is not applied can be left out', () => {
    expect(rebased(three, ['a2', 'c1'], { onto: 'a2' })).toBe('b1 -> a2 | b2 c1')
    expect(rebased(three, [], { onto: 'a2' })).toMatch(/^MULTIPLE_HEADS /)
  })
})

describe('a graph that would break', () => {
  test.each([
    [
      'a line that has joined the other',
      ['r', 'a1: r', 'b1: r', 'a2: a1, b1', 'b2: b1'],
      /a2 has joined its line with b1/,
    ],
    [
      'a line of several beginnings',
      ['r', 'a1: r', 'a2: r', 'a3: a1, a2', 'b1: r'],
      /several beginnings, a1 and a2|several beginnings, a2 and a1/,
    ],
    [
      'a line that the other needs',
      ['r', 'a1: r', 'a2: a1', 'b1: r needs a1', 'b2: b1'],
      /b1 of the other line depends/,
    ],
  ])('is refused: %s', (_, lines, sentence) => {
    const heads = rebased(lines, [], {
      revision: lines.find(line => line.startsWith('a3')) ? 'a3' : 'a2',
    })
    expect(heads).toMatch(/^REBASE_IMPOSSIBLE /)
    expect(heads).toMatch(sentence)
  })

  test('is not one where the line needs the other', () => {
    const lines = ['r', 'a1: r needs b1', 'a2: a1', 'b1: r', 'b2: b1']
    expect(rebased(lines, [], { revision: 'a2' })).toBe('a1 -> b2 | a2')
  })
})

describe('nothing is done', () => {
  test.each([
    ['no revision', [], {}, /^BRANCHES_JOINED \| There are no revisions/],
    ['one head', ['a', 'b: a'], {}, /^BRANCHES_JOINED \| Revision b is the only head/],
    [
      'one head, named',
      ['a', 'b: a'],
      { revision: 'b' },
      /^BRANCHES_JOINED \| Revision b is the only head/,
    ],
    [
      'a shared revision',
      two,
      { revision: 'root' },
      /^BRANCHES_JOINED \| Revision root is below every head/,
    ],
    [
      'a line onto itself',
      two,
      { revision: 'a1', onto: 'a2' },
      /^BRANCHES_JOINED \| Revision a2 comes after a1/,
    ],
    [
      'a head onto itself',
      two,
      { revision: 'a2', onto: 'a2' },
      /^BRANCHES_JOINED \| Revision a2 cannot follow itself/,
    ],
    ['no head to follow', two, { revision: 'a2', onto: 'b1' }, /^REVISION_NOT_A_HEAD /],
    ['base', two, { revision: 'base' }, /^REVISION_NOT_FOUND /],
    ['an unknown revision', two, { revision: 'zzz' }, /^REVISION_NOT_FOUND /],
  ] as const)('with %s', (_, lines, request, error) => {
    expect(rebased(lines, [], request)).toMatch(error)
  })

  test('with a row that no file knows', () => {
    expect(rebased(two, ['gone'])).toMatch(/^DATABASE_REVISION_UNKNOWN /)
  })
})

describe('in any history', () => {
  /** What holds of every rebase that is not refused; `held` counts them. */
  function holds(law: (rebase: Rebase, situation: Situation) => void): void {
    let held = 0
    const property = fc.property(situations, fc.nat(), fc.nat(), (situation, own, onto) => {
      const { graph, rows, revisions } = situation
      const request = {
        revision: revisions[own % revisions.length]!.id,
        onto: graph.heads[onto % graph.heads.length]!.id,
      }
      try {
        law(planRebase(graph, rows, request), situation)
        held += 1
      } catch (error) {
        if (!(error instanceof LimbeckError)) throw error
        expect(['BRANCHES_JOINED', 'REBASE_APPLIED', 'REBASE_IMPOSSIBLE']).toContain(error.code)
      }
    })
    fc.assert(property, { numRuns: 800 })
    expect(held).toBeGreaterThan(20)
  }

  const belowOf = (graph: RevisionGraph, id: string) =>
    [...ancestorsOf([graph.names.get(id)!])].map(node => node.id).sort()

  test('a rebase changes what one revision follows, and nothing else of any', () => {
    holds(({ first, onto, graph }, { revisions }) => {
      const expected = revisions.map(revision =>
        revision.id === first.id ? { ...revision, downRevisions: [onto.id] } : revision,
      )
      expect(graph.nodes.map(node => node.revision)).toEqual(expected)
    })
  })

  test('what a database has applied needs the same after a rebase as before it', () => {
    holds(({ graph: after }, { graph: before, plain, rows }) => {
      for (const id of withAncestors(plain, rows)) {
        expect(belowOf(after, id)).toEqual(belowOf(before, id))
      }
    })
  })

  test('a line keeps what it had below it and gets the other line', () => {
    holds(({ first, onto, graph: after }, { graph: before }) => {
      const expected = [...belowOf(before, first.id), ...belowOf(before, onto.id)]
      expect(belowOf(after, first.id)).toEqual([...new Set(expected)].sort())
    })
  })
})
