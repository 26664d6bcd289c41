import { describe, expect, test } from 'vitest'
import { describeOutcome, RunProgress } from '../../src/runtime/progress.ts'

describe('what a run that fails says', () => {
  test('before anything is committed', () => {
    const progress = new RunProgress()
    progress.finish('a')
    expect(describeOutcome(progress.outcome('b'))).toBe(
      'Rolled back: a, b. Nothing of this run stays.',
    )
  })

  test('after a commit', () => {
    const progress = new RunProgress()
    progress.finish('a')
    progress.commit()
    expect(describeOutcome(progress.outcome('b'))).toBe('Rolled back: b. Stays: a.')
  })

  test('after a commit in the middle of it', () => {
    const progress = new RunProgress()
    progress.finish('a')
    progress.commitMidway()
    expect(describeOutcome(progress.outcome('b'))).toBe(
      'Of b, what came before its last commit stays; the rest was rolled back. Stays: a.',
    )
  })

  test('when its commit is refused', () => {
    const progress = new RunProgress()
    progress.finish('a')
    progress.finish('b')
    expect(progress.outcome('b')).toMatchObject({ stayed: [], rolledBack: ['a', 'b'] })
  })

  test('when its commit is never answered', () => {
    const progress = new RunProgress()
    progress.finish('a')
    progress.commit()
    progress.finish('b')
    progress.finish('c')
    progress.loseTrack('c')
    expect(progress.outcome('c')).toEqual({
      stayed: ['a'],
      rolledBack: [],
      uncertain: ['b', 'c'],
      partly: false,
    })
    expect(describeOutcome(progress.outcome('c'))).toBe(
      'Whether b, c was committed is not known: `limbeck current` tells. Stays: a.',
    )
  })
})
