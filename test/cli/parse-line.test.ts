import { expect, test } from 'vitest'
import type { OptionSpec } from '../../src/cli/command.ts'
import { commands } from '../../src/cli/commands.ts'
import { globalOptions } from '../../src/cli/global-options.ts'
import { parseLine } from '../../src/cli/parse-line.ts'
import { LimbeckError } from '../../src/errors.ts'

/** The command's name and its input, as the command's own function gets it. */
const read = (...argv: string[]) => {
  const line = parseLine(argv, commands)
  return [line.command?.name, line.command?.input(line)]
}

const complaint = (...argv: string[]) => {
  try {
    parseLine(argv, commands)
  } catch (error) {
    if (error instanceof LimbeckError && error.code === 'USAGE') {
      return `${error.message} ${error.hint}`
    }
    throw error
  }
  throw new Error('no complaint')
}

test.each([
  [['upgrade', 'head'], { revision: 'head', sql: false }],
  [['upgrade', '+2'], { revision: '+2', sql: false }],
  [['upgrade', 'head', '--sql'], { revision: 'head', sql: true }],
  [['upgrade', '--sql', 'a:b'], { revision: 'a:b', sql: true }],
  [['downgrade', '-1'], { revision: '-1', sql: false }],
  [['downgrade', '-12', '--sql'], { revision: '-12', sql: true }],
  [['downgrade', 'mylabel@-1'], { revision: 'mylabel@-1', sql: false }],
  [['downgrade', '--', '-1'], { revision: '-1', sql: false }],
  [['history', '-r-3:current'], { range: '-3:current', indicateCurrent: false }],
  [['history', '-r', '-3:current'], { range: '-3:current', indicateCurrent: false }],
  [['history', '--rev-range=a:', '-vi'], { range: 'a:', indicateCurrent: true }],
  [['stamp', 'a', 'b', '--purge'], { revisions: ['a', 'b'], sql: false, purge: true }],
  [['init'], { directory: undefined, template: undefined, embedded: false }],
  [['init', 'db', '--embedded'], { directory: 'db', template: undefined, embedded: true }],
  [
    ['revision', '-m', '-- a dashed message', '--rev-id', '12ab', '--autogenerate'],
    { message: '-- a dashed message', autogenerate: true, revId: '12ab', allowEmpty: false },
  ],
])('%j is read as the input %j', (argv, input) => {
  expect(read(...argv)).toMatchObject([argv[0], input])
})

test('options for every command stand before it or after it', () => {
  const expected = { config: 'c.ts', name: 'prod', x: ['a=1', 'b=2'], verbose: true, quiet: false }
  for (const argv of [
    ['-c', 'c.ts', '-n', 'prod', '-x', 'a=1', '-x', 'b=2', '-v', 'upgrade', 'head'],
    ['upgrade', 'head', '-c', 'c.ts', '-n', 'prod', '-x', 'a=1', '-x', 'b=2', '-v'],
    ['-c', 'c.ts', '-x', 'a=1', 'upgrade', '-n=prod', '-x=b=2', 'head', '--verbose'],
  ]) {
    const line = parseLine(argv, commands)
    expect(line.globals).toMatchObject(expected)
    expect(line.positionals).toEqual(['head'])
  }
})

test.each([
  ['upgrade', 'head'],
  ['downgrade', 'base'],
  ['stamp', 'head'],
  ['revision', '-m', 'x'],
])('what stands before %s is not hidden by its own input', (...words) => {
  const line = parseLine(['-x', 'a=1', '-q', ...words], commands)
  expect(Object.keys(globalOptions).filter(name => name in line.command!.input(line))).toEqual([])
})

test('of an option given twice the last counts', () => {
  expect(parseLine(['-c', 'a', 'heads', '-c', 'b'], commands).globals.config).toBe('b')
})

test('a value that begins like a word of the command is still a value', () => {
  expect(parseLine(['-c', 'upgrade', 'heads'], commands).command?.name).toBe('heads')
})

test.each([
  [['upgade', 'head'], 'upgade is not a command. Did you mean `limbeck upgrade`?'],
  [['frobnicate'], 'frobnicate is not a command. `limbeck help` lists commands and options.'],
  [['help', 'upgade'], 'upgade is not a command. Did you mean `limbeck upgrade`?'],
  [['upgrade'], 'limbeck upgrade needs a REVISION. For example: `limbeck upgrade head`.'],
  [
    ['upgrade', 'head', 'more'],
    'limbeck upgrade takes no further word, and got more. `limbeck help upgrade` shows how it is used.',
  ],
  [['migrate'], 'migrate is not a command. Did you mean `limbeck upgrade head`?'],
  [['status'], 'Did you mean `limbeck current`?'],
  [['constructor'], 'constructor is not a command. `limbeck help`'],
  [['revision', 'create users'], 'A message goes behind -m: `limbeck revision -m "create users"`.'],
  [['upgrade', 'head', '--dry-run'], '--dry-run is not an option here. Did you mean --sql?'],
  [['upgrade', 'head', '--fake'], '--fake is not an option here. `limbeck help`'],
  [['history', '--dry-run'], '--dry-run is not an option here. `limbeck help`'],
  [['revision', '--autogen'], '--autogen is not an option here.'],
  [
    ['revision', '--autogenrate'],
    '--autogenrate is not an option here. Did you mean --autogenerate?',
  ],
  [['upgrade', 'head', '--rev-id', 'x'], '--rev-id is not an option here.'],
  [['revision', '-m', '--autogenerate'], '-m needs a value: -m TEXT.'],
  [['revision', '-m'], '-m needs a value: -m TEXT.'],
  [['upgrade', 'head', '--sql=yes'], '--sql takes no value.'],
  [['--sql', 'upgrade', 'head'], '--sql is not an option here.'],
])('%j is refused', (argv, message) => {
  expect(complaint(...argv)).toContain(message)
})

test('help is asked for by the word or the option, before words are counted', () => {
  for (const argv of [
    ['help', 'upgrade'],
    ['upgrade', '--help'],
    ['upgrade', '-h'],
    ['-h', 'upgrade'],
  ]) {
    expect(parseLine(argv, commands)).toMatchObject({ isHelp: true, command: { name: 'upgrade' } })
  }
})

test('help helps to help', () => {
  expect(parseLine(['help', 'help'], commands)).toMatchObject({ isHelp: true, command: undefined })
})

test('underscores in a command are dashes', () => {
  const dashed = { ...commands[0]!, name: 'list-templates' }
  expect(parseLine(['list_templates'], [dashed]).command?.name).toBe('list-templates')
})

test('no command takes away a name of the options for every command, nor but for one a letter', () => {
  const letters = Object.values<OptionSpec>(globalOptions).map(({ short }) => short)
  const taken = commands.flatMap(({ name, options }) =>
    Object.entries(options).flatMap(([option, { short }]) => [
      ...(option in globalOptions ? [`${name} --${option}`] : []),
      ...(short !== undefined && letters.includes(short) ? [`${name} -${short}`] : []),
    ]),
  )
  expect(taken).toEqual(['current -c'])
})

test('-c is the config before `current`, and its --check-heads after it, as in Alembic', () => {
  const { globals, values } = parseLine(['-c', 'c.ts', 'current', '-c'], commands)
  expect([globals.config, values['check-heads']]).toEqual(['c.ts', true])
  const { globals: long } = parseLine(['current', '--config', 'c.ts'], commands)
  expect(long.config).toBe('c.ts')
})
