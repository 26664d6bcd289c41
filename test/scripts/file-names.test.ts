import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { formatCreateDate } from '../../src/scripts/create-date.ts'
import {
  type FileNameConfig,
  fileNameOf,
  newRevisionId,
  slugOf,
} from '../../src/scripts/file-names.ts'

/**
 * Python 3.11's answers. A slug is `"_".join(re.findall(r"\w+", message)).lower()`, cut with
 * `[:n].rsplit("_", 1)[0] + "_"`; a moment is `str()` of a datetime in its `ZoneInfo`, and the numbers
 * of `%d_%.2d_%.2d_%.2d%.2d_%.2d_%d` are its own and those of `int(timestamp())`.
 */
const python = JSON.parse(
  readFileSync(new URL('fixtures/file-names.json', import.meta.url), 'utf8'),
) as {
  slugs: [message: string, length: number, slug: string][]
  clocks: [zone: string, moment: string, date: string, name: string][]
}

const config = (keys: Partial<FileNameConfig> = {}): FileNameConfig => ({
  fileTemplate: '%(rev)s_%(slug)s',
  truncateSlugLength: 40,
  timezone: 'UTC',
  ...keys,
})

describe('a slug', () => {
  test.each(python.slugs)('of %j, up to %d characters, is that of Alembic', (...row) => {
    const [message, length, slug] = row
    expect(slugOf(message, length)).toBe(slug)
    expect(
      fileNameOf({ id: 'a', message, date: new Date() }, config({ truncateSlugLength: length })),
    ).toBe(`a_${slug}.ts`)
  })
})

describe('a date', () => {
  test.each(python.clocks)('in %s at %s has the offset that holds there', (...row) => {
    const [timezone, moment, date, name] = row
    expect(formatCreateDate(new Date(moment), timezone)).toBe(date)
    const fileTemplate =
      '%(year)d_%(month).2d_%(day).2d_%(hour).2d%(minute).2d_%(second).2d_%(epoch)d'
    const parts = { id: 'a', message: '', date: new Date(moment) }
    expect(fileNameOf(parts, config({ fileTemplate, timezone }))).toBe(`${name}.ts`)
  })

  test('knows a zone in any spelling of its case', () => {
    const moment = new Date('2026-07-01T12:00:00Z')
    expect(formatCreateDate(moment, 'est5edt')).toBe(formatCreateDate(moment, 'EST5EDT'))
  })
})

test('a new id is twelve hexadecimal digits, another one each time', () => {
  const ids = Array.from({ length: 100 }, newRevisionId)
  expect(new Set(ids).size).toBe(100)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{12}$/)
})
