import { expect, test } from 'vitest'
import { conventionComplaint, parseConvention } from '../../src/config/naming-convention.ts'

test.each([
  ['ix_%(column_0_label)s', ['ix_', { of: 'columns', part: 'label', which: 0 }]],
  ['%(column_12_key)s', [{ of: 'columns', part: 'name', which: 12 }]],
  ['%(column_0N_name)s', [{ of: 'columns', part: 'name', which: { joinedBy: '' } }]],
  ['%(column_0_N_label)s', [{ of: 'columns', part: 'label', which: { joinedBy: '_' } }]],
  ['%(referred_column_0_name)s', [{ of: 'referredColumns', part: 'name', which: 0 }]],
  ['a%%b%(table_name)s', ['a', '%', 'b', { of: 'table' }]],
])('%s is read as SQLAlchemy reads it', (template, pieces) => {
  expect(conventionComplaint('fk', template)).toBeUndefined()
  expect(parseConvention(template)).toEqual(pieces)
})

test.each([
  ['ix', '', 'it is empty.'],
  ['ix', 'ix_%(colum_0_name)s', '%(colum_0_name)s is not a token.'],
  // SQLAlchemy knows no such words either.
  ['uq', '%(column_1_N_name)s', '%(column_1_N_name)s is not a token.'],
  ['fk', '%(referred_column_0_label)s', '%(referred_column_0_label)s is not a token.'],
  ['uq', '%(__proto__)s', '%(__proto__)s is not a token.'],
  ['uq', 'uq_%(table_name)', '`%(table_name)` cannot be read'],
  ['uq', '100%', '`%` cannot be read'],
  ['uq', 'uq_%(referred_table_name)s', 'only a foreign key refers to a table'],
  ['ck', 'ck_%(column_0_name)s', 'which columns a check is about is not known'],
] as const)('the template of %s %j is complained about', (kind, template, complaint) => {
  expect(conventionComplaint(kind, template)).toContain(complaint)
})
