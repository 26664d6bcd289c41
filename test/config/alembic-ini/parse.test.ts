import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { InterpolationError, interpolated } from '../../../src/config/alembic-ini/interpolate.ts'
import { parseIni } from '../../../src/config/alembic-ini/parse.ts'
import { valuesOf } from '../../../src/config/alembic-ini/section.ts'

interface Answer {
  readonly text: string
  /** Each key's value; null where reading it raised an InterpolationError. */
  readonly sections?: Readonly<Record<string, Readonly<Record<string, string | null>>>>
  readonly error?: string
  readonly line?: number
}

/**
 * What Python 3.11's `configparser.ConfigParser({'here': '/project'})` says of each text after
 * `read_string`: `get(section, key)` for every key of every section, or the class of the error and
 * its line. The later texts are drawn from a few lines by chance; none has two errors, of which
 * Python does not name the first.
 */
const answers: readonly Answer[] = JSON.parse(
  readFileSync(new URL('../fixtures/config-parser.json', import.meta.url), 'utf8'),
)

const read = (text: string) => {
  const file = parseIni(text, 'alembic.ini')
  const sections = [...file.sections.keys()].map(name => {
    const values = valuesOf(file, name, '/project')
    return [name, Object.fromEntries([...values.keys()].map(key => [key, get(key, values)]))]
  })
  return Object.fromEntries(sections)
}

const get = (key: string, values: ReadonlyMap<string, string>) => {
  try {
    return interpolated(key, values)
  } catch (error) {
    expect(error).toBeInstanceOf(InterpolationError)
    return null
  }
}

test.each(answers.filter(({ sections }) => sections !== undefined))(
  '$text is read as ConfigParser reads it',
  ({ text, sections }) => {
    expect(read(text)).toEqual(sections)
  },
)

test.each(answers.filter(({ error }) => error !== undefined))(
  '$text is refused in the line that ConfigParser names',
  ({ text, line }) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({
        code: 'CONFIG_UNREADABLE',
        facts: { path: 'alembic.ini', line },
      }),
    )
  },
)

test('a section or key that stands twice is named, with both lines', () => {
  expect(() => read('[a]\nx = 1\n\nX = 2')).toThrow('alembic.ini:4: the key x of [a]')
  expect(() => read('[a]\nx = 1\n\nX = 2')).toThrow('first in line 2')
  expect(() => read('[a]\n[b]\n[a]')).toThrow('alembic.ini:3: the section [a]')
})

test('a line that cannot be read is not repeated: it may hold a password', () => {
  expect(() => read('[a]\npostgresql//app hunter2')).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining('hunter2') }),
  )
})
