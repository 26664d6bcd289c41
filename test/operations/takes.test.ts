import { describe, expect, expectTypeOf, test } from 'vitest'
import { integer, type Op, sql } from '../../src/index.ts'
import { record } from '../../src/operations/op.ts'
import type { Directive, directives } from '../../src/operations/recorder/takes.ts'

/** The keys of what a directive takes last; of an overloaded one, in any of its forms. */
type Last<P extends readonly unknown[]> = Required<P> extends [...unknown[], infer L] ? L : never
type Keys<T> = T extends object ? keyof T & string : never
type Given<D extends Directive> = Keys<Last<Parameters<Op[D]>>>
type Overloaded = 'createTable' | 'backfill' | 'bulkInsert' | 'batchAlterTable'
type Forgotten = {
  [D in Exclude<Directive, Overloaded>]: Exclude<
    Given<D>,
    keyof (typeof directives)[D]['options'] | Unlisted<D>
  >
}[Exclude<Directive, Overloaded>]
/** Left over from options that are shared: it means nothing there. */
type Unlisted<D> = D extends 'addColumn' | 'createIndex' ? 'uncheckedBody' : never

/** Directives whose last argument is no options. */
type WithoutOptions = 'autocommit' | 'withTimeouts' | 'f' | 'invoke'

describe('what a directive may be told', () => {
  test('every directive has its words, and every key of its options is one of them', () => {
    expectTypeOf<Exclude<keyof Op, Directive | WithoutOptions>>().toBeNever()
    expectTypeOf<Forgotten>().toBeNever()
  })

  const cases: readonly [string, (op: Op) => void, string, unknown][] = [
    [
      'a slip of the pen',
      op => op.createIndex('i', 't', ['a'], { concurently: true } as never),
      'op.createIndex: it has no option concurently.',
      'Did you mean concurrently?',
    ],
    [
      'a word of another tool',
      op => op.alterSequence('s', { by: 2n } as never),
      'op.alterSequence: it has no option by.',
      'Its options are schema, existing, start, increment, minValue, maxValue, cache, cycle, type, ownedBy.',
    ],
    [
      'options that are missing',
      op => op.attachPartition('t', 'p', undefined as never),
      'op.attachPartition: its option bounds is missing.',
      'Its options are schema, bounds.',
    ],
    [
      'a builder in their place',
      op => op.alterColumn('t', 'c', integer() as never),
      'op.alterColumn: what should be its options is an object.',
      expect.stringMatching(/^Its options are schema, existing, .*, compression, statistics\.$/),
    ],
    [
      'options in the place of elements',
      op => op.createTable('t', { id: integer() }, { with: { fillfactor: 70 } } as never),
      'op.createTable: it has no option with.',
      expect.stringMatching(/^Its options are schema, comment, .*, ifNotExists\.$/),
    ],
    [
      'a table in a batch',
      op =>
        op.batchAlterTable('t', {}, batch => batch.alterColumn('c', { nullabel: true } as never)),
      'op.alterColumn: it has no option nullabel.',
      'Did you mean nullable?',
    ],
    [
      'what a publication has no word for',
      op => op.createPublication('p', { tables: ['t'] } as never),
      'op.createPublication: it has no option tables.',
      'Its options are objects, options, comment, ifNotExists.',
    ],
  ]
  test.each(cases)('%s is refused', (_, script, message, hint) => {
    expect(() => record(script)).toThrow(
      expect.objectContaining({ code: 'DECLARATION_INVALID', message, hint }),
    )
  })

  test('undefined is as good as absent', () => {
    const script = (op: Op) => op.dropTable('t', { schema: undefined })
    expect(record(script)).toEqual([{ kind: 'dropTable', name: 't' }])
    expect(record(op => op.execute(sql`SELECT 1`, undefined))).toHaveLength(1)
  })
})
