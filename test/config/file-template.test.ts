import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  expandFileTemplate,
  type FileTemplateValues,
  fileTemplateComplaint,
  parseFileTemplate,
} from '../../src/config/file-template.ts'

/**
 * Python 3.11's answers: `written` was made by `{t: t % values for t in templates}`, where the
 * templates are every conversion with every flag, width and precision and some whole names; for each
 * of `refused` the operator raised a KeyError, TypeError or ValueError.
 */
const python = JSON.parse(
  readFileSync(new URL('fixtures/file-templates.json', import.meta.url), 'utf8'),
) as { values: FileTemplateValues; written: Record<string, string>; refused: string[] }

test.each(Object.entries(python.written))('%j is written as Python writes it', (template, name) => {
  expect(expandFileTemplate(template, python.values)).toBe(name)
})

test.each(python.refused)('what Python cannot write is refused: %j', template => {
  expect(fileTemplateComplaint(template)).toEqual(expect.any(String))
})

test('a template is read into text and tokens', () => {
  expect(parseFileTemplate('%(month).2d%%-%(rev)s')).toEqual([
    { token: 'month', format: { flags: '', width: 0, precision: 2, type: 'd' } },
    '%',
    '-',
    { token: 'rev', format: { flags: '', width: 0, precision: undefined, type: 's' } },
  ])
})

test.each([
  '%(rev)s_%(slug)s',
  '%(slug)s%(rev)s',
  '%(year)d/%(month).2d/%(rev)s',
  '%(epoch)d/%(slug)s_',
  '...%(rev)s',
])('a name that is one whatever the message says is accepted: %j', template => {
  expect(fileTemplateComplaint(template)).toBeUndefined()
})

test('an unknown token lists the known ones', () => {
  expect(fileTemplateComplaint('%(revision)s_%(slug)s')).toBe(
    '%(revision) is not a token. Known are rev, slug, epoch, year, month, day, hour, minute, second.',
  )
})

test.each([
  ['%(rev)d', /`%\(rev\)d` cannot be read: .*%\(month\)\.2d/],
  ['%s_%(slug)s', /`%` cannot be read/],
  ['%%(rev)s', /here it is %\(rev\)\./],
  ['%(slug)s', /may be empty/],
  ['%(year)d/%(slug)s', /may be empty/],
  ['%(slug)s/%(rev)s', /may be empty/],
  ['%(rev).0s', /may be empty/],
  ['', /may be empty/],
  ['a//%(rev)s', /may be empty/],
  ['./%(rev)s', /may be empty/],
  ['%(rev)s/', /may be empty/],
  ['../%(rev)s', /leads out/],
  ['a/../%(rev)s', /leads out/],
  ['.%(slug)s./%(rev)s', /leads out/],
  ['/tmp/%(rev)s', /absolute/],
  ['%(slug)s/tmp/%(rev)s', /may be empty/],
  ['c:/%(rev)s', /absolute/],
  ['a\\%(rev)s', /backslash/],
  ['a\n%(rev)s', /line break/],
])('a template that does not name a file below its folder is refused: %j', (template, reason) => {
  expect(fileTemplateComplaint(template)).toMatch(reason)
})
