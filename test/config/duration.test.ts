import { expect, test } from 'vitest'
import { durationComplaint, parseDuration } from '../../src/config/duration.ts'

test.each([
  ['500ms', 500],
  ['60s', 60_000],
  ['1.5 s', 1500],
  ['2m', 120_000],
  ['1h', 3_600_000],
  ['0', 0],
  ['0s', 0],
])('%s is a length of time', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds)
  expect(durationComplaint(text)).toBeUndefined()
})

test.each(['', '60', '-1s', '1d', '1e3s', 's', '1m30s'])('%j is none', text => {
  expect(parseDuration(text)).toBeUndefined()
  expect(durationComplaint(text)).toContain('write 500ms, 60s, 2m, 1h or 0')
})
