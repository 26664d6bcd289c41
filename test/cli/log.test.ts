import ajvModule from 'ajv'
import { describe, expect, expectTypeOf, test } from 'vitest'
import schema from '../../schemas/log.json' with { type: 'json' }
import { defineCommand } from '../../src/cli/command.ts'
import type { LogLine } from '../../src/cli/log-line.ts'
import type { ProjectInput } from '../../src/environment/project.ts'
import { LimbeckError } from '../../src/errors.ts'
import type { RuntimeEvent } from '../../src/runtime/events.ts'
import { run } from './support.ts'

const act = (perform: (input: ProjectInput) => unknown) => [
  defineCommand<ProjectInput, object, Record<string, never>>({
    name: 'act',
    summary: 'Act.',
    positionals: [],
    options: {},
    examples: [],
    input: () => ({}),
    load: async () => async input => ({ done: await perform(input) }),
    print: () => '',
  }),
]

/** One of each, as a run tells them. */
const events: readonly RuntimeEvent[] = [
  { type: 'connected', database: 'postgresql://app:opensesame@h/d' },
  { type: 'scratch', kind: 'embedded', version: '18.1', name: 'embedded PostgreSQL 18.1' },
  { type: 'context', dialect: 'postgresql', transactionalDdl: true, offline: false },
  { type: 'run', steps: 2, from: [], to: ['b'] },
  { type: 'step', revision: 'b', direction: 'upgrade', from: ['a'], to: ['b'], message: 'add x' },
  { type: 'statement', sql: 'INSERT INTO t VALUES ($1)', parameters: ['Ada'] },
  { type: 'statementDone', sql: 'INSERT INTO t VALUES ($1)', milliseconds: 1234 },
  { type: 'stepDone', revision: 'b', milliseconds: 2.5 },
  { type: 'plan', commits: [{ revision: 'b', sql: 'VACUUM t', reason: 'outside' }] },
  { type: 'commitBoundary', revision: 'b', sql: 'VACUUM t', reason: 'outside' },
  { type: 'backfill', revision: 'b', table: 't', rows: 1, of: 2, secondsLeft: 3 },
  {
    type: 'lockWait',
    message: 'Waiting.',
    holder: {
      ...{ pid: 1, user: 'app', application: 'limbeck:b', address: null, since: null },
      ...{ seconds: 2, revision: 'b' },
    },
    waited: 0,
    limit: 60_000,
  },
  { type: 'indexBuild', table: 't', index: null, phase: 'building index: scanning table' },
  { type: 'progress', message: 'going on' },
  { type: 'warning', message: 'careful', facts: { rows: 3n } },
  {
    type: 'blocked',
    message: 'Blocked.',
    blockers: [],
    waited: 1000,
  },
  {
    type: 'retry',
    message: 'Again.',
    reason: 'lock',
    blockers: [],
    ...{ tries: 1, waited: 1000, pause: 500, limit: 120_000 },
  },
  { type: 'runDone', steps: 2, milliseconds: 5 },
]

const failing = act(({ report }) => {
  for (const event of events) report?.(event)
  throw new LimbeckError('STATEMENT_FAILED', 'no', { facts: { revision: 'b' }, hint: 'Try.' })
})

const linesOf = (stderr: string) =>
  stderr
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))

describe('the log as JSON', () => {
  test('has a line for each event that there is', () => {
    expectTypeOf<LogLine['event']>().toEqualTypeOf<Exclude<RuntimeEvent['type'], 'log'> | 'error'>()
    expect(new Set(events.map(({ type }) => type)).size).toBe(events.length)
  })

  test('is one object for each event, the error last, and each is what the schema says', async () => {
    const words = ['act', '--log-format', 'json', '-v']
    const lines = linesOf((await run(words, failing, { TERM: 'xterm' })).stderr)
    expect(lines.map(line => line.event)).toEqual([...events.map(({ type }) => type), 'error'])
    const Ajv = ajvModule as unknown as typeof ajvModule.default
    const validate = new Ajv({ strict: false }).compile(schema)
    for (const line of lines) expect(validate(line), `${JSON.stringify(line)}`).toBe(true)
  })

  test('says the same in words, with the time, and keeps the facts', async () => {
    const lines = linesOf((await run(['act', '--log-format=json'], failing)).stderr)
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    expect(lines.find(line => line.event === 'step')).toEqual({
      time,
      level: 'info',
      event: 'step',
      message: 'Running upgrade a -> b, add x',
      revision: 'b',
      direction: 'upgrade',
      from: ['a'],
      to: ['b'],
      revisionMessage: 'add x',
    })
    expect(lines.at(-1)).toMatchObject({ time, level: 'error', code: 'STATEMENT_FAILED' })
  })

  test('holds no password and no value of a statement', async () => {
    const { stderr } = await run(['act', '--log-format', 'json'], failing)
    expect(stderr).toContain('$1')
    expect(stderr).not.toMatch(/opensesame|Ada/)
    expect((await run(['act'], failing)).stderr).toContain('VALUES ($1) [1 parameter]\n')
  })

  test('is the form of complaints about the command line itself, with the stack where it is wanted', async () => {
    const [line, ...more] = linesOf((await run(['act', '--x', '--log-format', 'json'])).stderr)
    expect(line).toMatchObject({ event: 'error', code: 'USAGE', exitStatus: 2 })
    expect(more).toEqual([])
    const traced = await run(['act', '--log-format', 'json', '--trace'], failing)
    expect(linesOf(traced.stderr).at(-1).trace).toContain('log.test.ts:')
  })

  test('is asked for by a variable, too, which the option overrides', async () => {
    const env = { LIMBECK_LOG_FORMAT: 'json', LIMBECK_LOG_LEVEL: 'ERROR' }
    const lines = linesOf((await run(['nothing'], failing, env)).stderr)
    expect(lines).toMatchObject([{ event: 'error', code: 'USAGE' }])
    expect((await run(['act', '--log-format', 'text'], failing, env)).stderr).toMatch(/^INFO/)
  })
})

describe('the level of the log', () => {
  const given = async (words: readonly string[], env = {}) => {
    let log: unknown
    const { status, stderr } = await run(
      ['act', ...words],
      act(input => (log = input.log)),
      env,
    )
    return status === 0 ? log : stderr
  }

  test.each([
    ['debug', 'debug'],
    ['sql', 'sql'],
    ['INFO', 'info'],
    ['warn', 'warning'],
    ['CRITICAL', 'error'],
  ])('is a word of ours or of Python: %s', async (word, level) => {
    expect(await given(['--log-level', word])).toMatchObject({ level })
    expect(await given([], { LIMBECK_LOG_LEVEL: word })).toMatchObject({ level })
  })

  test('that is not known is wrong usage, and the message lists the words', async () => {
    expect(await given(['--log-level', 'loud'])).toContain(
      'error USAGE: --log-level is debug, sql, info, warning, error, and not loud.',
    )
    expect(await given([], { LIMBECK_LOG_FORMAT: 'xml' })).toContain(
      'LIMBECK_LOG_FORMAT is text, json, and not xml.',
    )
  })

  test('wins over the config, over --quiet and over --verbose', async () => {
    const commands = act(({ report }) => {
      report?.({ type: 'log', level: 'error', format: 'text', parameters: false })
      report?.({ type: 'progress', message: 'told' })
      report?.({ type: 'context', dialect: 'd', transactionalDdl: true, offline: false })
    })
    for (const more of [[], ['-q'], ['-v']]) {
      const { stderr } = await run(['act', '--log-level', 'sql', ...more], commands)
      expect(stderr).toBe('INFO  told\n')
    }
  })
})

test('parameters are shown where the config says so', async () => {
  const commands = act(({ report }) => {
    report?.({ type: 'log', level: 'info', format: 'text', parameters: true })
    report?.({ type: 'statement', sql: 'SELECT $1', parameters: ['Ada'] })
  })
  expect((await run(['act'], commands)).stderr).toBe("INFO  SELECT $1 [ 'Ada' ]\n")
})

test('how long a statement took is told where that was long, and otherwise for debugging', async () => {
  const commands = act(({ report }) => {
    report?.({ type: 'statementDone', sql: 'CREATE INDEX\n  ix', milliseconds: 61_250 })
    report?.({ type: 'statementDone', sql: 'SELECT 1', milliseconds: 12.4 })
  })
  expect((await run(['act'], commands)).stderr).toBe('INFO  Took 61.3 s: CREATE INDEX ix\n')
  expect((await run(['act', '-v'], commands)).stderr).toContain('DEBUG Took 12 ms: SELECT 1\n')
})
