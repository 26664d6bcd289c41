import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { coloursFor } from '../../src/cli/colours.ts'
import { defineCommand } from '../../src/cli/command.ts'
import { Reporter } from '../../src/cli/reporter.ts'
import { RunStatus } from '../../src/cli/run-status.ts'
import { StatusLine } from '../../src/cli/status-line.ts'
import type { ProjectInput } from '../../src/environment/project.ts'
import type { RuntimeEvent } from '../../src/runtime/events.ts'
import { createCliProject } from '../support/cli-project.ts'
import { postgresServer } from '../support/servers.ts'
import { hasTerminal, runInTerminal } from '../support/terminal.ts'
import { run as runCommandLine } from './support.ts'

/** What a terminal of so many columns shows in the end: a carriage return goes back to the line's begin. */
function screenOf(written: string): string[] {
  return written.split('\n').map(line => {
    const cells: string[] = []
    let at = 0
    for (const character of line) {
      if (character === '\r') at = 0
      else cells[at++] = character
    }
    return cells.join('').trimEnd()
  })
}

let written: string
const terminal = { write: (text: string) => (written += text), isTerminal: true, columns: 80 }

beforeEach(() => {
  written = ''
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
})

afterEach(() => {
  vi.useRealTimers()
})

const run: RuntimeEvent = { type: 'run', steps: 12, from: ['b'], to: ['n'] }
const step: RuntimeEvent = {
  ...{ type: 'step', revision: 'c', direction: 'upgrade', from: ['b'], to: ['c'] },
  ...{ message: 'add names\nand more', place: 3, of: 12 },
}
const backfill = { type: 'backfill', revision: 'c', table: 't' } as const

function watch() {
  const line = new StatusLine(terminal)
  const status = new RunStatus(line)
  const reporter = new Reporter(terminal, coloursFor(terminal, { NO_COLOR: '1' }), { status })
  const shown = () => screenOf(written).at(-1)
  return { report: reporter.report, reporter, shown }
}

describe('the line that says what a run is at', () => {
  test('shows the revision, its place, the statement, and the time since each began', () => {
    const { report, shown } = watch()
    report(run)
    report(step)
    vi.advanceTimersByTime(61_000)
    expect(shown()).toBe('[1:01] upgrade 3 of 12: c add names and more')
    report({
      type: 'statement',
      sql: 'CREATE INDEX ix\n  ON t (n)',
      parameters: [],
      isShown: false,
    })
    vi.advanceTimersByTime(3_600_000)
    expect(shown()).toBe(
      '[1:01:01] upgrade 3 of 12: c add names and more | 1:00:00 CREATE INDEX ix ON t…',
    )
    report({ type: 'stepDone', revision: 'c', milliseconds: 1 })
    vi.advanceTimersByTime(250)
    expect(shown()).toBe('[1:01:01] upgrade 3 of 12: c add names and more | done')
  })

  test('shows how far a backfill is, and not its batches', () => {
    const { report, shown } = watch()
    report(run)
    report({ ...step, message: '' } as RuntimeEvent)
    report({ ...backfill, rows: 500, of: 2001, secondsLeft: 45 })
    report({ type: 'statement', sql: 'UPDATE t', parameters: [], isShown: false })
    vi.advanceTimersByTime(1000)
    expect(shown()).toBe(
      '[0:01] upgrade 3 of 12: c | Backfill of t: 500 of 2,001 rows (24 %), 45 s left',
    )
    report({ ...backfill, rows: 2001, of: 2001, secondsLeft: 0 })
    report({ type: 'statement', sql: 'ANALYZE t', parameters: [], isShown: false })
    vi.advanceTimersByTime(250)
    expect(shown()).toBe('[0:01] upgrade 3 of 12: c | 0:00 ANALYZE t')
  })

  test('makes way for lines of the log, and is gone at the end', () => {
    const { report, reporter } = watch()
    report(run)
    report(step)
    vi.advanceTimersByTime(2000)
    report({ type: 'warning', message: 'careful' })
    vi.advanceTimersByTime(250)
    report({ type: 'runDone', steps: 12, milliseconds: 1 })
    vi.advanceTimersByTime(5000)
    reporter.end()
    expect(screenOf(written)).toEqual([
      'INFO  Running upgrade b -> c, add names',
      '      and more',
      'WARN  careful',
      '',
    ])
    expect(written).not.toContain('\u001b')
  })

  test('is not there for what is done at once, and is no wider than the terminal', () => {
    const { report } = watch()
    report(run)
    vi.advanceTimersByTime(900)
    expect(written).toBe('')
    report({ ...step, message: 'x'.repeat(200) } as RuntimeEvent)
    written = ''
    vi.advanceTimersByTime(10_000)
    for (const drawn of written.split('\r')) expect(drawn.length).toBeLessThan(80)
  })

  test.each([
    { level: 'warning', format: 'text' },
    { level: 'info', format: 'json' },
  ] as const)('is not there with %j', log => {
    const { report } = watch()
    report({ type: 'log', ...log, parameters: false })
    report(run)
    vi.advanceTimersByTime(10_000)
    expect(written).not.toContain('\r')
  })
})

test.each([
  [{ TERM: 'xterm' }, true],
  [{ TERM: 'xterm', CI: 'false' }, true],
  [{ TERM: 'xterm', CI: 'true' }, false],
  [{ TERM: 'dumb' }, false],
  [{}, false],
])('with %j it is %s that somebody watches', async (env, watches) => {
  let given: ProjectInput | undefined
  const act = defineCommand<ProjectInput, object, Record<string, never>>({
    ...{ name: 'act', summary: 'Act.', positionals: [], options: {}, examples: [] },
    input: () => ({}),
    load: async () => async input => {
      given = input
      return {}
    },
    print: () => '',
  })
  await runCommandLine(['act'], [act], env)
  expect(given?.hearsStatements).toBe(watches)
})

describe.skipIf(!hasTerminal)('at a real terminal', () => {
  test('progress is shown below the log, and what the project prints does not mix with it', async () => {
    vi.useRealTimers()
    const database = await (await postgresServer()).createDatabase('run_status')
    const project = createCliProject()
    try {
      project.write('limbeck.config.ts', `export default { url: '${database.url}' }\n`)
      project.write('migrations/versions/a_wait.ts', waiting)
      const words = [process.execPath, 'node_modules/limbeck/bin/limbeck.js', 'upgrade', 'head']
      const terminal = { cwd: project.folder, question: /never asked/, answer: '' }
      const up = await runInTerminal(words, { ...terminal, env: {} })
      expect(up.text).toMatch(
        /\r\[0:0\d\] upgrade 1 of 1: a waits \| 0:01 SELECT pg_sleep\(1\.4\)\s*\r/,
      )
      const lines = screenOf(up.text)
      expect(lines).toContain('INFO  Running upgrade  -> a, waits')
      expect(lines).toContain('printed by the script')
      expect(lines.at(-1)).toBe('')
      expect(up.status).toBe(0)
    } finally {
      project.remove()
      await database.drop()
    }
  })
})

const waiting = `/**
 * waits
 *
 * Revision ID: a
 */
export const revision = 'a'
export const downRevision = null
export const branchLabels = null
export const dependsOn = null
export function upgrade(op) {
  op.execute('SELECT pg_sleep(1.4)')
  op.run(() => console.log('printed by the script'))
}
export function downgrade() {}
`
