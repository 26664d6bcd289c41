import { expect, test } from 'vitest'
import { errorCodes } from '../../src/errors.ts'
import { readPage } from './pages.ts'

/** What the page says under each code. */
const sections = new Map(
  readPage('docs/reference/errors.md')
    .split(/^### /m)
    .slice(1)
    .map(section => [section.slice(0, section.indexOf('\n')), section] as const),
)

test('a code whose status is not 1 says so, itself or for its whole group', () => {
  const said = Object.entries(errorCodes).filter(([code, status]) => {
    const isOfConfig = code.startsWith('CONFIG_') || code === 'DATABASE_UNKNOWN'
    return status !== 1 && !isOfConfig && !sections.get(code)?.match(`Status\\s${status}\\b`)
  })
  expect(said).toEqual([])
})

test('no code is left without words', () => {
  const short = [...sections].filter(([, text]) => text.length < 60).map(([code]) => code)
  expect(short).toEqual([])
})
