import { expect, test } from 'vitest'
import { type CliCommand, defineCommand } from '../../src/cli/command.ts'
import { commands } from '../../src/cli/commands.ts'
import type { ProjectInput } from '../../src/environment/project.ts'
import { LimbeckError } from '../../src/errors.ts'
import { version } from '../../src/version.ts'
import { run } from './support.ts'

interface Result {
  readonly words: readonly string[]
  readonly sql?: string
}
interface Input extends ProjectInput {
  readonly words: readonly string[]
}

/** A command `act` that does what a test wants. */
const act = (
  perform: (input: Input) => Result | Promise<Result>,
  failure?: (result: Result) => LimbeckError | undefined,
): CliCommand[] => [
  defineCommand<Input, Result, Record<never, never>>({
    name: 'act',
    summary: 'Act.',
    positionals: [{ name: 'WORD', help: 'A word.', isOptional: true, isMany: true }],
    options: {},
    examples: [],
    input: ({ positionals }) => ({ words: positionals }),
    load: async () => async input => perform(input),
    print: ({ words, sql }) => sql ?? `${words.join(' ')}\n`,
    ...(failure === undefined ? {} : { failure }),
  }),
]
const echo = act(({ words }) => ({ words }))
const throwing = (error: unknown) =>
  act(() => {
    throw error
  })

test('a result goes to stdout, and the exit status is 0', async () => {
  expect(await run(['act', 'a', 'b'], echo)).toEqual({ status: 0, stdout: 'a b\n', stderr: '' })
})

test('--json gives exactly one document', async () => {
  const { status, stdout, stderr } = await run(['act', 'a', '--json'], echo)
  expect([status, stderr]).toEqual([0, ''])
  expect(JSON.parse(stdout)).toEqual({ words: ['a'] })
})

test('the options for every command reach it', async () => {
  let seen: Input | undefined
  const commands = act(input => {
    seen = input
    return { words: [] }
  })
  await run(['act', '-c', 'c.ts', '-n', 'n', '--url', 'postgresql://h', '-x', 'k=v'], commands)
  expect(seen).toMatchObject({
    cwd: '/project',
    config: 'c.ts',
    name: 'n',
    url: 'postgresql://h',
    x: ['k=v'],
  })
})

const refusal = new LimbeckError('CONFIG_NOT_FOUND', 'There is none.', {
  facts: { lookedIn: ['/project'] },
  hint: 'Write one.',
})

test('an error goes to stderr with its code, its hint and its exit status, and without a stack', async () => {
  expect(await run(['act'], throwing(refusal))).toEqual({
    status: 2,
    stdout: '',
    stderr: 'error CONFIG_NOT_FOUND: There is none.\nhint: Write one.\n',
  })
})

test('with --json the error is the document on stdout, and stderr has the sentence', async () => {
  const { status, stdout, stderr } = await run(['act', '--json'], throwing(refusal))
  expect(status).toBe(2)
  expect(JSON.parse(stdout)).toEqual({
    error: {
      code: 'CONFIG_NOT_FOUND',
      message: 'There is none.',
      facts: { lookedIn: ['/project'] },
      hint: 'Write one.',
      exitStatus: 2,
    },
  })
  expect(stderr).toContain('error CONFIG_NOT_FOUND')
})

test('wrong usage is an error document too', async () => {
  const { status, stdout } = await run(['nonsense', '--json'], echo)
  expect([status, JSON.parse(stdout).error.code]).toEqual([2, 'USAGE'])
})

test.each(['--trace', '--raiseerr'])('%s adds the stack and the causes', async option => {
  const error = new LimbeckError('CONFIG_UNREADABLE', 'no', { cause: new TypeError('deep down') })
  const { stderr } = await run(['act', option], throwing(error))
  expect(stderr).toMatch(/main\.test\.ts:\d+/)
  expect(stderr).toContain('deep down')
})

test('an error that nobody foresaw is one sentence and the advice to trace it', async () => {
  const { status, stderr } = await run(['act'], throwing(new TypeError('x is not a function')))
  expect(status).toBe(1)
  expect(stderr).toBe(
    'error INTERNAL: x is not a function\nhint: limbeck did not expect this. `--trace` shows where it came from.\n',
  )
})

test('a result may still make the exit status other than 0', async () => {
  const commands = act(
    () => ({ words: ['pending'] }),
    () => new LimbeckError('PENDING_CHANGES', 'One change.'),
  )
  expect(await run(['act'], commands)).toEqual({
    status: 3,
    stdout: 'pending\n',
    stderr: 'error PENDING_CHANGES: One change.\n',
  })
  const { status, stdout } = await run(['act', '--json'], commands)
  expect([status, JSON.parse(stdout)]).toEqual([3, { words: ['pending'] }])
})

const reporting = act(({ report }) => {
  report?.({ type: 'connected', database: 'postgresql://app:***@h/d' })
  report?.({ type: 'context', dialect: 'postgresql', transactionalDdl: true, offline: false })
  report?.({
    type: 'step',
    revision: 'b',
    direction: 'upgrade',
    from: ['a'],
    to: ['b'],
    message: 'add x',
  })
  report?.({
    type: 'step',
    revision: 'b',
    direction: 'downgrade',
    from: ['b'],
    to: [],
    message: '',
  })
  report?.({ type: 'step', revision: 'b', direction: 'stamp', from: [], to: ['b'], message: '' })
  report?.({ type: 'statement', sql: 'SELECT 1,\n2', parameters: [] })
  report?.({ type: 'warning', message: 'careful' })
  return { words: ['done'] }
})

test('progress goes to stderr, in the words of Alembic', async () => {
  const { stdout, stderr } = await run(['act'], reporting)
  expect(stdout).toBe('done\n')
  expect(stderr.split('\n')).toEqual([
    'INFO  Database postgresql://app:***@h/d',
    'INFO  Running upgrade a -> b, add x',
    'INFO  Running downgrade b -> ',
    'INFO  Running stamp_revision  -> b',
    'INFO  SELECT 1,',
    '      2',
    'WARN  careful',
    '',
  ])
})

test('--quiet leaves warnings and errors, --verbose adds what is for debugging', async () => {
  expect(await run(['act', '-q'], reporting)).toEqual({
    status: 0,
    stdout: '',
    stderr: 'WARN  careful\n',
  })
  expect((await run(['act', '-v'], reporting)).stderr).toContain(
    'DEBUG Context postgresql; DDL is transactional; online\n',
  )
})

test('--quiet does not swallow a document or a script', async () => {
  expect((await run(['act', 'a', '-q', '--json'], echo)).stdout).toContain('"a"')
  const script = act(() => ({ words: [], sql: 'BEGIN;\n' }))
  expect((await run(['act', '-q'], script)).stdout).toBe('BEGIN;\n')
})

test('--quiet does not swallow text that was asked for as data', async () => {
  const options = { format: { type: 'string', help: 'A form.' } } as const
  const commands = [
    defineCommand<ProjectInput, object, typeof options>({
      name: 'act',
      summary: 'Act.',
      positionals: [],
      options,
      examples: [],
      input: () => ({}),
      load: async () => async () => ({}),
      print: (_, __, { format }) => `as ${format}\n`,
      isData: ({ format }) => format !== undefined,
    }),
  ]
  expect((await run(['act', '-q', '--format', 'x'], commands)).stdout).toBe('as x\n')
  expect((await run(['act', '-q'], commands)).stdout).toBe('')
})

test('the config sets the level and the form of the log, errors included', async () => {
  const commands = act(({ report }) => {
    report?.({ type: 'log', level: 'warning', format: 'json', parameters: false })
    report?.({ type: 'progress', message: 'not shown' })
    report?.({ type: 'warning', message: 'careful' })
    throw refusal
  })
  const lines = (await run(['act'], commands)).stderr.trim().split('\n')
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT/)
  expect(lines.map(line => JSON.parse(line))).toEqual([
    { time, level: 'warning', event: 'warning', message: 'careful' },
    expect.objectContaining({ time, level: 'error', event: 'error', code: 'CONFIG_NOT_FOUND' }),
  ])
})

test('a password at a wrong place is not repeated', async () => {
  const url = 'postgresql://app:opensesame@db/shop'
  for (const words of [['current', '-c', url], ['upgrade', url], ['current', url], [url]]) {
    const { stdout, stderr } = await run([...words, '--json', '--trace'])
    expect(stdout + stderr).not.toContain('opensesame')
    expect(stderr).toContain('error ')
  }
})

test('a password is printed nowhere: not in results, errors, facts, logs or stacks', async () => {
  const url = 'postgresql://app:opensesame@h/d'
  const leaking = act(({ report, words }) => {
    report?.({ type: 'progress', message: `trying ${url}` })
    if (words.length > 0) return { words: [url, 'it is opensesame'] }
    throw new LimbeckError('CONFIG_INVALID', `bad: ${url}`, {
      facts: { url, password: 'opensesame' },
      hint: 'not opensesame',
      cause: new Error('opensesame'),
    })
  })
  for (const more of [[], ['word'], ['--json'], ['word', '--json'], ['--trace']]) {
    const { stdout, stderr } = await run(['act', '--url', url, ...more], leaking)
    expect(stdout + stderr).not.toContain('opensesame')
  }
})

test('SQL that was asked for is printed as it is', async () => {
  const sql = "INSERT INTO t VALUES ('postgresql://u:p4ssw0rd@h');\n"
  const script = act(() => ({ words: [], sql }))
  const argv = ['act', '--url', 'postgresql://u:p4ssw0rd@h']
  expect((await run(argv, script)).stdout).toBe(sql)
  expect(JSON.parse((await run([...argv, '--json'], script)).stdout).sql).toBe(sql)
})

test('colours are for terminals that were not asked to be plain', async () => {
  const escapeCode = String.fromCharCode(27)
  const stderr = async (env: NodeJS.ProcessEnv) =>
    (await run(['act'], throwing(refusal), env)).stderr.includes(escapeCode)
  expect(await stderr({ TERM: 'xterm' })).toBe(true)
  expect(await stderr({ TERM: 'xterm', NO_COLOR: '1' })).toBe(false)
  expect(await stderr({ TERM: 'dumb' })).toBe(false)
  expect(await stderr({})).toBe(false)
})

test('--version prints the version', async () => {
  expect(await run(['--version'])).toEqual({
    status: 0,
    stdout: `limbeck ${version}\n`,
    stderr: '',
  })
})

test('without a command the help goes to stderr and the exit status is 2', async () => {
  const { status, stdout, stderr } = await run([])
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr).toContain('Usage:')
})

test('the help in general names every command, each command helps with its examples', async () => {
  const general = await run(['--help'])
  const words = general.stdout.replaceAll(/\s+/g, ' ')
  for (const { name, summary, examples } of commands) {
    expect(words).toContain(` ${name} ${summary}`)
    const { status, stdout } = await run(['help', name])
    expect(status).toBe(0)
    for (const { line } of examples) expect(stdout).toContain(line)
  }
})

test('the help has a section for every command', async () => {
  expect((await run(['--help'])).stdout).not.toContain('Others:')
})

test('every line of help fits a terminal of 80 columns', async () => {
  for (const argv of [['--help'], ...commands.map(({ name }) => ['help', name])]) {
    const { stdout } = await run(argv)
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
  }
})
