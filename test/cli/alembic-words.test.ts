import { expect, test } from 'vitest'
import { commands } from '../../src/cli/commands.ts'
import { parseLine } from '../../src/cli/parse-line.ts'
import type { LimbeckError } from '../../src/errors.ts'

/** Every command of Alembic 1.19 with each of its options, as its users type them. */
const lines = [
  'init -t generic --package migrations',
  'init --template async migrations',
  'list_templates',
  'revision -m text --autogenerate --sql --head base --splice --branch-label b',
  'revision --message text --version-path p --rev-id 12ab --depends-on a --depends-on b',
  'merge a b -m text --branch-label b --rev-id 12ab --splice',
  'merge heads --message text',
  'upgrade head --sql --tag t',
  'downgrade -1 --tag t',
  'downgrade a:b --sql',
  'stamp a b --sql --tag t',
  'stamp head --purge',
  'ensure_version --sql',
  'current -c -v',
  'current --check-heads --verbose',
  'heads -v --resolve-dependencies',
  'branches -v',
  'history -r a:b -v -i',
  'history --rev-range=-3:current --verbose --indicate-current',
  'history -r-3:current',
  'show head',
  'edit current',
  'check',
]

test.each(lines)('`alembic %s` is understood', line => {
  const [name = '', ...rest] = line.split(' ')
  const globals = ['-c', 'alembic.ini', '-n', 'section', '-x', 'a=b', '-x', 'c', '--raiseerr', '-q']
  const parsed = parseLine([...globals, name, ...rest], commands)
  expect(parsed.command?.name).toBe(name.replaceAll('_', '-'))
  expect(parsed.globals).toMatchObject({
    config: 'alembic.ini',
    name: 'section',
    x: ['a=b', 'c'],
    raiseerr: true,
    quiet: true,
  })
  expect(() => parsed.command?.input(parsed)).not.toThrow()
})

test('all fifteen commands are there', () => {
  expect(new Set(lines.map(line => line.split(' ')[0])).size).toBe(15)
})

test('an abbreviated option, which argparse would take, is named in full', () => {
  const hint = (...argv: string[]) => {
    try {
      return parseLine(argv, commands)
    } catch (error) {
      return (error as LimbeckError).hint
    }
  }
  expect(hint('history', '--verb')).toBe('Did you mean --verbose?')
  expect(hint('history', '--ind')).toBe('Did you mean --indicate-current?')
  expect(hint('revision', '--auto')).toBe('Did you mean --autogenerate?')
})
