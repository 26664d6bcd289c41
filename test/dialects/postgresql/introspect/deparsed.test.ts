import { describe, expect, test } from 'vitest'
import {
  clause,
  insideParentheses,
  splitList,
  withoutParentheses,
} from '../../../../src/dialects/postgresql/introspect/deparsed.ts'

describe('withoutParentheses', () => {
  test.each([
    ['(a > 0)', 'a > 0'],
    ['((a + b))', 'a + b'],
    ['(a) + (b)', '(a) + (b)'],
    ["((a)::text = ')'::text)", "(a)::text = ')'::text"],
    ['("a(" > 0)', '"a(" > 0'],
    ['lower(a)', 'lower(a)'],
    ["(a = 'it''s (')", "a = 'it''s ('"],
  ])('takes off those around the whole: %s', (text, expected) => {
    expect(withoutParentheses(text)).toBe(expected)
  })

  test('leaves a subquery its own', () => {
    expect(withoutParentheses('(( SELECT true AS bool))')).toBe('( SELECT true AS bool)')
  })
})

describe('splitList', () => {
  test('splits at commas outside quotes and parentheses', () => {
    expect(splitList(`a, f(b, c), "d, e", 'f, g'`)).toEqual(['a', 'f(b, c)', '"d, e"', `'f, g'`])
  })
})

describe('insideParentheses', () => {
  test('takes the first ones that no quotes enclose', () => {
    expect(insideParentheses('CREATE INDEX "i(" ON t USING btree (f(a), b) WHERE (c)')).toBe(
      'f(a), b',
    )
  })
})

describe('clause', () => {
  test('reads from a keyword to another, past words in quotes and parentheses', () => {
    const text = `X "WHEN" ROW WHEN ((a <> 'EXECUTE') OR (CASE WHEN b THEN c END)) EXECUTE FUNCTION f()`
    expect(clause(text, 'WHEN', ['EXECUTE'])).toBe(`((a <> 'EXECUTE') OR (CASE WHEN b THEN c END))`)
    expect(clause(text, 'EXECUTE FUNCTION')).toBe('f()')
  })

  test('tells where there is none', () => {
    expect(clause('EXECUTE FUNCTION f()', 'WHEN', ['EXECUTE'])).toBeUndefined()
  })
})
